package dev.terrain.curvature.operator;

/** An operator that depends on no images, as the mean over a single batch of one. */
public record SingleBatch(LinearOperator operator) implements SampledOperator {
  /** The operator itself if it has batches. */
  public static SampledOperator of(LinearOperator operator) {
    return operator instanceof SampledOperator sampled ? sampled : new SingleBatch(operator);
  }

  @Override
  public int dimension() {
    return operator.dimension();
  }

  @Override
  public int[] batchSizes() {
    return new int[] {1};
  }

  @Override
  public double[][] apply(double[][] block, BatchListener listener) {
    double[][] products = operator.apply(block);
    listener.onBatch(0, products);
    return products;
  }
}
