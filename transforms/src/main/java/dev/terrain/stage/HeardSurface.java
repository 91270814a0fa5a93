package dev.terrain.stage;

import dev.terrain.surface.Evaluation;
import dev.terrain.surface.HessianProduct;
import dev.terrain.surface.LossGradient;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.Weights;

/** A loss surface whose costly calls a listener hears of. */
record HeardSurface(LossSurface surface, StageListener listener) implements LossSurface {
  @Override
  public int dimension() {
    return surface.dimension();
  }

  @Override
  public int examples() {
    return surface.examples();
  }

  @Override
  public Evaluation evaluate(Weights weights) {
    return surface.evaluate(weights);
  }

  @Override
  public LossGradient gradient(Weights weights) {
    return surface.gradient(weights);
  }

  @Override
  public HessianProduct hessianProduct(Weights weights, double[] v) {
    HessianProduct product = surface.hessianProduct(weights, v);
    listener.onHessianProduct();
    return product;
  }

  @Override
  public LossGradient batchGradient(double[] theta, int[] examples) {
    LossGradient gradient = surface.batchGradient(theta, examples);
    listener.onPathGradient();
    return gradient;
  }

  @Override
  public double[] estimateStatistics(double[] theta) {
    return surface.estimateStatistics(theta);
  }
}
