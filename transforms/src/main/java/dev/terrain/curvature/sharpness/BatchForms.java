package dev.terrain.curvature.sharpness;

import dev.terrain.curvature.forms.BatchJackknife;
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
   * The {@link BatchJackknife} of the mean over the batches.
   *
   * @return the standard error; null with fewer than two batches
   */
  Double dataStandardError() {
    double[] means = new double[sums.length];
    for (int b = 0; b < sums.length; b++) {
      means[b] = sums[b] / vectors;
    }
    return BatchJackknife.standardError(means, sizes);
  }
}
