package dev.terrain.curvature.sharpness;

import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.surface.HessianProduct;

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
        new Cost(0, 0, 1));
  }
}
