package dev.terrain.stage;

import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.CurvatureProducts;
import dev.terrain.surface.ForwardingSurface;
import dev.terrain.surface.LossGradient;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.Weights;

/** A loss surface whose costly calls a listener hears of. */
public final class HeardSurface extends ForwardingSurface {
  private final StageListener listener;

  /**
   * @param surface computes
   * @param listener hears of each Hessian-vector product and each gradient along a path
   */
  public HeardSurface(LossSurface surface, StageListener listener) {
    super(surface);
    this.listener = listener;
  }

  @Override
  public double[][] products(
      CurvatureMatrix matrix, Weights weights, double[][] block, BatchListener batchListener) {
    try (CurvatureProducts products = curvature(matrix, weights, 0)) {
      return products.of(block, batchListener);
    }
  }

  @Override
  public CurvatureProducts curvature(CurvatureMatrix matrix, Weights weights, long graphBytes) {
    return new Heard(surface().curvature(matrix, weights, graphBytes), listener);
  }

  private record Heard(CurvatureProducts products, StageListener listener)
      implements CurvatureProducts {
    @Override
    public double[][] of(double[][] block, BatchListener batchListener) {
      double[][] result = products.of(block, batchListener);
      for (int i = 0; i < block.length; i++) {
        listener.onHessianProduct();
      }
      return result;
    }

    @Override
    public void close() {
      products.close();
    }
  }

  @Override
  public LossGradient batchGradient(double[] theta, int[] examples) {
    LossGradient gradient = surface().batchGradient(theta, examples);
    listener.onPathGradient();
    return gradient;
  }
}
