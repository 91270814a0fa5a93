package dev.terrain.curvature.krylov;

import dev.terrain.curvature.density.SpectralDensity;
import dev.terrain.curvature.linear.DenseEigenpairs;
import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.linear.Quadrature;
import dev.terrain.statistics.Jackknife;
import java.util.List;
import org.hipparchus.special.Erf;
import org.jspecify.annotations.Nullable;

/**
 * The standard error that the choice of the data sample gives the share of eigenvalues below zero:
 * the delete-one-batch {@link Jackknife} of the mean of the start probes' spectral measures, each
 * sample without a batch seen through its compression to the Krylov space of the whole.
 *
 * <p>A quadrature of few nodes makes that share a step function: it jumps by a node's weight where
 * a small change moves the node across zero, and the jackknife of jumps measures the weights and
 * not the data. So each node counts by the normal distribution function of its distance from zero,
 * with half the mean gap of the probes' Gauss nodes around zero as standard deviation: changes that
 * the nodes do not resolve are spread over the gap. Nodes within rounding of zero do not count, and
 * where no sample has a node below them, the share is 0 for all of them and so is the error.
 *
 * <p>The bias cannot be had this way. Noise of the sample spreads eigenvalues of the bulk over both
 * sides of zero; most of this happens outside the space, and it is too far from linear in 1/n for a
 * jackknife even of exact eigenvalues.
 */
final class NegativeMassError {
  private final double[][] starts;
  private final double width;

  /**
   * @param starts coefficients of the start probes
   * @param quadratures theirs
   * @param steps blocks of the space, to whose number the quadratures are reduced
   */
  NegativeMassError(double[][] starts, List<Quadrature> quadratures, int steps) {
    this.starts = starts;
    width =
        quadratures.stream()
            .mapToDouble(quadrature -> gapAtZero(quadrature.gaussRule(steps).nodes()) / 2)
            .average()
            .orElseThrow();
  }

  /** Between the nodes on both sides of zero, or the nearest two if all are on one. */
  private static double gapAtZero(double[] nodes) {
    int upper = 1;
    while (upper < nodes.length - 1 && nodes[upper] < 0) {
      upper++;
    }
    return nodes.length < 2 ? 0 : nodes[upper] - nodes[upper - 1];
  }

  /**
   * The standard error.
   *
   * @param whole the compression of A
   * @param leftOut those of A_(-b)
   * @param batchSizes n_b
   * @return null with fewer than two batches
   */
  @Nullable Double of(double[][] whole, double[][][] leftOut, int[] batchSizes) {
    if (leftOut.length == 0) {
      return null;
    }
    DenseEigenpairs all = DenseEigenpairs.of(whole);
    double[] without = new double[leftOut.length];
    boolean negative = hasNegative(all.values());
    for (int b = 0; b < without.length; b++) {
      DenseEigenpairs pairs = DenseEigenpairs.of(leftOut[b]);
      negative |= hasNegative(pairs.values());
      without[b] = share(pairs);
    }
    return negative ? Jackknife.of(share(all), without, batchSizes).standardError() : 0.0;
  }

  private static boolean hasNegative(double[] values) {
    return values[0] < -rounding(values);
  }

  private static double rounding(double[] values) {
    return SpectralDensity.ZERO * Math.max(-values[0], values[values.length - 1]);
  }

  private double share(DenseEigenpairs pairs) {
    double rounding = rounding(pairs.values());
    double sum = 0;
    for (int i = 0; i < pairs.values().length; i++) {
      double value = pairs.values()[i];
      if (Math.abs(value) > rounding) {
        sum += weight(pairs, i) * normal(-value / Math.max(width, rounding));
      }
    }
    return sum;
  }

  /** The mean over the probes of their share in an eigenvector. */
  private double weight(DenseEigenpairs pairs, int pair) {
    double mean = 0;
    for (double[] start : starts) {
      double overlap = 0;
      for (int k = 0; k < start.length; k++) {
        overlap += pairs.vectors()[k][pair] * start[k];
      }
      mean += overlap * overlap / OrthonormalBasis.dot(start, start) / starts.length;
    }
    return mean;
  }

  private static double normal(double z) {
    return 0.5 * (1 + Erf.erf(z / Math.sqrt(2)));
  }
}
