package dev.terrain.curvature.sharpness;

import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.statistics.BatchJackknife;
import dev.terrain.surface.HessianProduct;
import org.jspecify.annotations.Nullable;

/**
 * The (squared) Fisher-Rao norm θ'Fθ of a network (Liang et al. 2019), in nats; F the Fisher matrix
 * that is given: exact, with sampled labels, or empirical, and which it is must be said with the
 * value. It does not change when ReLU units are rescaled.
 */
public final class FisherRaoNorm {
  private FisherRaoNorm() {}

  /** Measures it: one product. The data error is the delete-one-batch jackknife of θ'F_bθ. */
  public static ScalarMeasure measure(LinearOperator fisher, double[] theta) {
    double[] forms = new double[fisher.batchSizes().length];
    double[] product =
        fisher
            .apply(
                new double[][] {theta},
                (batch, products) -> forms[batch] = OrthonormalBasis.dot(theta, products[0]))[0];
    BatchForms batchForms = new BatchForms();
    batchForms.add(new HessianProduct(product, forms, fisher.batchSizes()));
    return ScalarMeasure.of(
        OrthonormalBasis.dot(theta, product),
        null,
        batchForms.dataStandardError(),
        new ScalarMeasure.Cost(0, 0, 1));
  }

  /**
   * Quadratic forms v'H_b v of the single batches b of a sample, averaged over the vectors v, and
   * the standard error that the choice of the sample gives their mean over the batches.
   */
  private static final class BatchForms {
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
    @Nullable Double dataStandardError() {
      double[] means = new double[sums.length];
      for (int b = 0; b < sums.length; b++) {
        means[b] = sums[b] / vectors;
      }
      return BatchJackknife.standardError(means, sizes);
    }
  }
}
