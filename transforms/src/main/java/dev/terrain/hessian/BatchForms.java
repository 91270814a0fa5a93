package dev.terrain.hessian;

import dev.terrain.surface.HessianProduct;

/**
 * Quadratic forms v'H_b v of the single batches b of a sample, averaged over the vectors v, and the
 * standard error that the choice of the sample gives their mean over the batches.
 */
final class BatchForms {
  private double[] sums = new double[0];
  private int[] sizes = new int[0];
  private int vectors;

  /** Adds the forms of one vector. */
  void add(HessianProduct product) {
    if (vectors == 0) {
      sums = new double[product.batchForms().length];
      sizes = product.batchSizes();
    }
    for (int b = 0; b < sums.length; b++) {
      sums[b] += product.batchForms()[b];
    }
    vectors++;
  }

  /**
   * Delete-one-batch jackknife of the mean q̄ = Σ_b (n_b/n) q_b over B batches: se² = (1/B) Σ_b
   * n_b/(n - n_b) (q_b - q̄)², which allows for uneven batches (Busing, Meijer and van der Leeden:
   * Delete-m jackknife for unequal m, 1999, equation 3).
   *
   * @return the standard error; null with fewer than two batches
   */
  Double dataStandardError() {
    if (sums.length < 2) {
      return null;
    }
    double examples = 0;
    double mean = 0;
    for (int b = 0; b < sums.length; b++) {
      examples += sizes[b];
      mean += sizes[b] * (sums[b] / vectors);
    }
    mean /= examples;
    double variance = 0;
    for (int b = 0; b < sums.length; b++) {
      double deviation = sums[b] / vectors - mean;
      variance += sizes[b] / (examples - sizes[b]) * deviation * deviation;
    }
    return Math.sqrt(variance / sums.length);
  }
}
