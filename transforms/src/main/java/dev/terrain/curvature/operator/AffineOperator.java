package dev.terrain.curvature.operator;

import java.util.Optional;

/** cA + σI; its batches are cA_b + σI. */
record AffineOperator(SampledOperator inner, double factor, double shift)
    implements SampledOperator {
  @Override
  public int dimension() {
    return inner.dimension();
  }

  @Override
  public int[] batchSizes() {
    return inner.batchSizes();
  }

  @Override
  public Optional<String> flaw() {
    return inner.flaw();
  }

  @Override
  public double[][] apply(double[][] block, BatchListener listener) {
    return combined(
        block,
        inner.apply(
            block, (batch, products) -> listener.onBatch(batch, combined(block, products))));
  }

  private double[][] combined(double[][] block, double[][] products) {
    double[][] result = new double[block.length][dimension()];
    for (int k = 0; k < block.length; k++) {
      for (int i = 0; i < result[k].length; i++) {
        result[k][i] = factor * products[k][i] + shift * block[k][i];
      }
    }
    return result;
  }
}
