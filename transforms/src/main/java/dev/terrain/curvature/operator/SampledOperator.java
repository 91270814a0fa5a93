package dev.terrain.curvature.operator;

import java.util.Optional;

/**
 * A self-adjoint operator that is the mean over the examples of a data sample, which is cut into
 * batches: A = Σ_b (n_b / n) A_b, n_b the examples of batch b, n = Σ_b n_b.
 *
 * <p>The products of the single batches, which the same pass gives, show how far a value depends on
 * the choice of the sample.
 */
public interface SampledOperator extends LinearOperator {
  /** The examples n_b of each batch, each at least 1. */
  int[] batchSizes();

  /** Sees the products of one batch. */
  @FunctionalInterface
  interface BatchListener {
    /**
     * Called once for each batch, in their order.
     *
     * @param batch number of the batch, from 0
     * @param products A_b v for each vector of the block; to be read before the call returns only
     */
    void onBatch(int batch, double[][] products);
  }

  /**
   * The products A v of a block of vectors.
   *
   * @param listener sees the products of the single batches on the way
   */
  double[][] apply(double[][] block, BatchListener listener);

  /**
   * Why the products made so far cannot be right, so that nothing that is made of them counts;
   * empty if there is nothing against them.
   */
  default Optional<String> flaw() {
    return Optional.empty();
  }

  @Override
  default double[][] apply(double[][] block) {
    return apply(block, (batch, products) -> {});
  }

  @Override
  default double[] apply(double[] v) {
    return apply(new double[][] {v})[0];
  }
}
