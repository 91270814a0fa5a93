package dev.terrain.statistics;

import org.jspecify.annotations.Nullable;

/**
 * The standard error that the choice of the data sample gives a value linear in the operator A =
 * Σ_b (n_b/n) A_b of B batches of n_b examples: delete-one-batch jackknife of the mean q̄ = Σ_b
 * (n_b/n) q_b of the values q_b that the single batches give,
 *
 * <pre>
 *   se² = (1/B) Σ_b n_b/(n - n_b) (q_b - q̄)²,
 * </pre>
 *
 * <p>which allows for uneven batches (Busing, Meijer and van der Leeden: Delete-m jackknife for
 * unequal m, Statistics and Computing 9, 1999, equation 3).
 *
 * <p>Where q_b is itself estimated from random probes, part of what se measures is their noise in
 * the differences A_b - A; {@link SeparatedJackknife} takes it off.
 */
public final class BatchJackknife {
  private BatchJackknife() {}

  /**
   * The standard error of the mean of the batches' values.
   *
   * @param values q_b of each batch
   * @param sizes n_b of each batch, at least 1
   * @return null with fewer than two batches
   * @throws IllegalArgumentException if the lengths differ
   */
  public static @Nullable Double standardError(double[] values, int[] sizes) {
    requireLength("values", values.length, sizes.length);
    if (sizes.length < 2) {
      return null;
    }
    double examples = 0;
    double mean = 0;
    for (int b = 0; b < sizes.length; b++) {
      examples += sizes[b];
      mean += sizes[b] * values[b];
    }
    mean /= examples;
    double variance = 0;
    for (int b = 0; b < sizes.length; b++) {
      double deviation = values[b] - mean;
      variance += sizes[b] / (examples - sizes[b]) * deviation * deviation;
    }
    return Math.sqrt(variance / sizes.length);
  }

  /**
   * The weights γ_b = n_b² / (n (n - n_b)) with which Σ_b γ_b ‖A_b - A‖² is the jackknife's
   * estimate of E ‖A‖² - ‖E A‖², the bias of the square of a mean (Busing et al., equation 4); 1 /
   * (B (B - 1)) for batches of one size.
   *
   * @param sizes n_b of each batch, at least 1
   * @return 0 for a single batch, which tells nothing of it
   */
  public static double[] biasWeights(int[] sizes) {
    double examples = 0;
    for (int size : sizes) {
      examples += size;
    }
    double[] weights = new double[sizes.length];
    for (int b = 0; b < sizes.length && sizes.length > 1; b++) {
      weights[b] = sizes[b] / examples * sizes[b] / (examples - sizes[b]);
    }
    return weights;
  }

  private static void requireLength(String name, int length, int required) {
    if (length != required) {
      throw new IllegalArgumentException(
          "number of " + name + " (" + length + ") must be " + required);
    }
  }
}
