package dev.terrain.benchmark;

import dev.terrain.curvature.density.SpectralDensity;
import dev.terrain.curvature.linear.Quadrature;
import dev.terrain.curvature.operator.Eigenpair;
import dev.terrain.curvature.operator.SurfaceOperator;
import dev.terrain.curvature.panel.CurvatureEstimate;
import dev.terrain.curvature.panel.CurvaturePanel;
import dev.terrain.v1.CurvatureSettings;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;

/**
 * What the estimates of a spectrum are held against.
 *
 * @param eigenvalues the largest five, largest first
 * @param trace the sum of all
 * @param density of all
 * @param source how it was found, and how accurate it is
 */
@SuppressWarnings("ArrayRecordComponent")
record SpectrumTruth(double[] eigenvalues, double trace, Quadrature density, String source) {
  private static final int TOP = 5;
  private static final int DEFLATED = 20;
  private static final int LARGEST_DENSE = 3000;
  private static final int COLUMNS = 16;

  /**
   * From all eigenvalues of the dense matrix of at most 3,000 parameters; else from a panel of
   * {@code products} with residuals below 1e-6, and for the density from two probes of half as many
   * steps each, out of which the panel's eigenvalues are taken.
   */
  static SpectrumTruth of(SurfaceOperator hessian, int products) {
    return hessian.dimension() <= LARGEST_DENSE ? dense(hessian) : probed(hessian, products);
  }

  private static SpectrumTruth dense(SurfaceOperator hessian) {
    int d = hessian.dimension();
    double[][] rows = new double[d][];
    for (int from = 0; from < d; from += COLUMNS) {
      double[][] units = new double[Math.min(COLUMNS, d - from)][d];
      for (int j = 0; j < units.length; j++) {
        units[j][from + j] = 1;
      }
      double[][] columns = hessian.apply(units);
      System.arraycopy(columns, 0, rows, from, columns.length);
    }
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < i; j++) {
        double entry = 0.5 * (rows[i][j] + rows[j][i]);
        rows[i][j] = entry;
        rows[j][i] = entry;
      }
    }
    double[] values =
        new EigenDecompositionSymmetric(new Array2DRowRealMatrix(rows, false)).getEigenvalues();
    Arrays.sort(values);
    double[] weights = new double[d];
    Arrays.fill(weights, 1.0 / d);
    return new SpectrumTruth(
        IntStream.range(0, TOP).mapToDouble(i -> values[d - 1 - i]).toArray(),
        Arrays.stream(values).sum(),
        new Quadrature(values, weights),
        "all eigenvalues of the dense matrix");
  }

  private static SpectrumTruth probed(SurfaceOperator hessian, int products) {
    CurvatureSettings exact =
        CurvatureSettings.newBuilder()
            .setEigenvalues(DEFLATED)
            .setLowerEigenvalues(0)
            .setResidualTolerance(1e-6)
            .setRelativeError(0.002)
            .setMaxProducts(products)
            .setBlockSize(8)
            .build();
    CurvaturePanel panel = CurvaturePanel.measure(hessian, exact, products, "truth");
    List<Eigenpair> outliers =
        panel.krylov().upper().stream().filter(Eigenpair::converged).toList();
    int steps = products / 2;
    Quadrature first = SingleProbe.quadrature(hessian, "truth", steps);
    Quadrature second = SingleProbe.quadrature(hessian, "second truth", steps);
    Quadrature density = density(hessian, steps, outliers, first, second);
    double distance =
        distance(
            density(hessian, steps, outliers, first), density(hessian, steps, outliers, second));
    return new SpectrumTruth(
        panel.upper().stream().limit(TOP).mapToDouble(CurvatureEstimate::value).toArray(),
        panel.trace().value(),
        density,
        "%d products; standard error of the trace %.2g, distance of the probes' densities %.2g %%"
            .formatted(
                hessian.products(), panel.trace().standardError(), 100 * distance / size(density)));
  }

  private static Quadrature density(
      SurfaceOperator hessian, int steps, List<Eigenpair> outliers, Quadrature... probes) {
    return SpectralDensity.of(hessian.dimension(), steps, List.of(probes), outliers).density();
  }

  /** The largest relative error among the first eigenvalues. */
  double errorOfEigenvalues(double[] values) {
    return IntStream.range(0, values.length)
        .mapToDouble(i -> Math.abs(values[i] / eigenvalues[i] - 1))
        .max()
        .orElseThrow();
  }

  double errorOfTrace(double estimate) {
    return Math.abs(estimate / trace - 1);
  }

  /** The Wasserstein-1 distance of a density, as a share of the mean absolute eigenvalue. */
  double errorOfDensity(Quadrature estimate) {
    return distance(estimate, density) / size(density);
  }

  private static double size(Quadrature density) {
    double size = 0;
    for (int i = 0; i < density.nodes().length; i++) {
      size += density.weights()[i] * Math.abs(density.nodes()[i]);
    }
    return size;
  }

  private static double distance(Quadrature a, Quadrature b) {
    double[] points =
        DoubleStream.concat(Arrays.stream(a.nodes()), Arrays.stream(b.nodes())).sorted().toArray();
    double sum = 0;
    double difference = 0;
    int i = 0;
    int j = 0;
    for (int k = 0; k + 1 < points.length; k++) {
      while (i < a.nodes().length && a.nodes()[i] <= points[k]) {
        difference += a.weights()[i++];
      }
      while (j < b.nodes().length && b.nodes()[j] <= points[k]) {
        difference -= b.weights()[j++];
      }
      sum += Math.abs(difference) * (points[k + 1] - points[k]);
    }
    return sum;
  }
}
