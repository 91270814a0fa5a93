package dev.terrain.curvature.panel;

import dev.terrain.curvature.forms.ProbeForms;
import dev.terrain.curvature.krylov.BlockLanczosResult;
import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.linear.Quadrature;
import dev.terrain.curvature.operator.Eigenpair;
import java.util.ArrayList;
import java.util.List;

/**
 * The eigenpairs of a Krylov process that may be taken out of the samples of its own start probes.
 *
 * <p>A pair of a simple eigenvalue that has converged depends on no probe. One that mixes
 * eigenvectors does, and biases the samples: an inaccurate one, and those of an eigenvalue of more
 * copies than the process has seen, which lie where the probes lie in its eigenspace. A process of
 * blocks of p vectors sees p copies of each; so a cluster of p Ritz values or more is left alone,
 * and one that runs on into the pairs that are not accurate.
 *
 * @param pairs in ascending order of their values
 * @param samples what each start probe tells
 */
record Outliers(List<Eigenpair> pairs, List<ProbeForms> samples) {
  /** The residual of an accurate pair, as a share of its value. */
  private static final double ACCURATE = 0.01;

  /** Values that differ by fewer residuals than this make a cluster. */
  private static final double SEPARATE = 10;

  /** Rounding of single precision, as a share of the largest value. */
  private static final double ROUNDING = 1e-6;

  static Outliers of(BlockLanczosResult krylov, double[][] start) {
    List<Eigenpair> pairs = krylov.pairs();
    int[] places = places(krylov, pairs.size());
    Eigenpair[] accurate = new Eigenpair[krylov.ritzValues().length];
    for (int i = 0; i < places.length; i++) {
      Eigenpair pair = pairs.get(i);
      double size = Math.abs(pair.value());
      if (pair.converged() && size > 0 && pair.residual() <= ACCURATE * size) {
        accurate[places[i]] = pair;
      }
    }
    List<Eigenpair> taken = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      if (accurate[places[i]] != null && isSeen(krylov, accurate, places[i], start.length)) {
        taken.add(accurate[places[i]]);
      }
    }
    return new Outliers(List.copyOf(taken), samples(krylov, start));
  }

  /** No pair at all, for the same probes. */
  static Outliers none(BlockLanczosResult krylov, double[][] start) {
    return new Outliers(List.of(), samples(krylov, start));
  }

  /** The numbers of the wanted pairs among the Ritz values. */
  private static int[] places(BlockLanczosResult krylov, int count) {
    int[] places = new int[count];
    for (int i = 0; i < count; i++) {
      places[i] = i < krylov.lower().size() ? i : krylov.ritzValues().length - count + i;
    }
    return places;
  }

  /** Whether the whole cluster of a pair is accurate and of fewer copies than would be seen. */
  private static boolean isSeen(
      BlockLanczosResult krylov, Eigenpair[] accurate, int place, int blockSize) {
    double[] values = krylov.ritzValues();
    double rounding = ROUNDING * krylov.magnitude();
    int first = place;
    while (first > 0 && isNear(values[first] - values[first - 1], accurate[first], rounding)) {
      first--;
    }
    int last = place;
    while (last < values.length - 1
        && isNear(values[last + 1] - values[last], accurate[last], rounding)) {
      last++;
    }
    for (int i = first; i <= last; i++) {
      if (accurate[i] == null) {
        return false;
      }
    }
    return last == first || last - first + 1 < blockSize;
  }

  private static boolean isNear(double gap, Eigenpair pair, double rounding) {
    return pair != null && gap <= Math.max(SEPARATE * pair.residual(), rounding);
  }

  private static List<ProbeForms> samples(BlockLanczosResult krylov, double[][] start) {
    List<ProbeForms> samples = new ArrayList<>();
    for (int j = 0; j < start.length; j++) {
      Quadrature quadrature = krylov.quadratures().get(j);
      double squaredLength = OrthonormalBasis.dot(start[j], start[j]);
      double form = 0;
      double squaredNorm = 0;
      for (int i = 0; i < quadrature.nodes().length; i++) {
        double share = squaredLength * quadrature.weights()[i] * quadrature.nodes()[i];
        form += share;
        squaredNorm += share * quadrature.nodes()[i];
      }
      samples.add(ProbeForms.of(form, squaredNorm));
    }
    return List.copyOf(samples);
  }
}
