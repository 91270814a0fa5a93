package dev.terrain.curvature.operator;

import dev.terrain.random.CounterRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Holds products with a self-adjoint operator A against each other: u'Av = v'Au for all u and v, so
 * the matrix F of the forms v_i'Av_j of the vectors that were multiplied, each scaled to norm 1, is
 * symmetric. It costs no product, and two vectors of memory.
 *
 * <p>The asymmetry is ‖F - F'‖_F / (2 (Σ ‖Av_j‖²)^½). Its square is estimated without bias from the
 * vector Σ s_j v_j and its image, s_j independent random signs: each new v_k gives (v_k'A Σ s_j v_j
 * - (Σ s_j v_j)'A v_k)² over the j before it.
 *
 * <p>If products are computed with errors ‖δ_v‖ ≤ η ‖Av‖, F is off by V'Δ, ‖Δ‖_F ≤ η (Σ ‖Av_j‖²)^½,
 * and the asymmetry is at most η for orthonormal vectors. For others it is at most η ‖V‖₂, which is
 * below √m for m of them.
 *
 * <p>It does not see products that are wrong symmetrically, such as those with the Hessian of
 * another function. Random vectors show an error less clearly than those of a Krylov space, by a
 * factor of some √(d/m).
 */
final class SymmetryCheck {
  /** Unit roundoff of single precision. */
  private static final double EPSILON = 0x1p-24;

  /** How many ε (1 + 1/U) are taken for rounding. */
  private static final double MARGIN = 128;

  private final CounterRandom signs = CounterRandom.of("symmetry check", "signs", 0);
  private double @Nullable [] sum;
  private double @Nullable [] sumOfImages;
  private double squaredDifferences;
  private double squaredImages;

  /** Looks at the products with a block of vectors. */
  void see(double[][] block, double[][] images) {
    for (int i = 0; i < block.length; i++) {
      see(block[i], images[i]);
    }
  }

  /** All inner products in one loop: they would cost more than their share one by one. */
  private void see(double[] vector, double[] image) {
    if (sum == null || sumOfImages == null) {
      sum = new double[vector.length];
      sumOfImages = new double[vector.length];
    }
    double squares = 0;
    double imageSquares = 0;
    double difference = 0;
    for (int i = 0; i < vector.length; i++) {
      squares += vector[i] * vector[i];
      imageSquares += image[i] * image[i];
      difference += vector[i] * sumOfImages[i] - sum[i] * image[i];
    }
    if (squares == 0) {
      return;
    }
    squaredDifferences += difference * difference / squares;
    squaredImages += imageSquares / squares;
    double scale = (signs.nextInt(2) == 0 ? 1 : -1) / Math.sqrt(squares);
    for (int i = 0; i < vector.length; i++) {
      sum[i] += scale * vector[i];
      sumOfImages[i] += scale * image[i];
    }
  }

  /** The asymmetry so far; 0 before the second vector. */
  double asymmetry() {
    return squaredImages == 0 ? 0 : Math.sqrt(squaredDifferences / 2 / squaredImages);
  }

  /**
   * The asymmetry that rounding in single precision explains: 128 ε (1 + 1/U), ε = 2⁻²⁴, U the mean
   * over the images of what the most probable label leaves to the others. Where networks are sure,
   * probabilities near 1 are rounded by ε, and U is what they leave of the curvature. Seen on true
   * surfaces: at most 10 ε (1 + 1/U), mostly below 1.
   *
   * @param outputs logits, one row an image
   */
  static double explained(double[][] outputs) {
    double unsure = Arrays.stream(outputs).mapToDouble(SymmetryCheck::rest).average().orElse(1);
    return leastExplained() * (1 + 1 / unsure) / 2;
  }

  /** The same, for networks that are sure of nothing. */
  static double leastExplained() {
    return 2 * MARGIN * EPSILON;
  }

  /** Probability of all labels but the most probable. */
  private static double rest(double[] logits) {
    double largest = Arrays.stream(logits).max().orElseThrow();
    double sum = Arrays.stream(logits).map(logit -> Math.exp(logit - largest)).sum();
    return (sum - 1) / sum;
  }
}
