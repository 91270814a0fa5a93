package dev.terrain.stage;

import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.Evaluation;
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
  public int[] batchSizes() {
    return surface.batchSizes();
  }

  @Override
  public Evaluation evaluate(Weights weights) {
    return surface.evaluate(weights);
  }

  @Override
  public double[][] outputs(Weights weights) {
    return surface.outputs(weights);
  }

  @Override
  public LossGradient gradient(Weights weights, BatchListener batchListener) {
    return surface.gradient(weights, batchListener);
  }

  @Override
  public double[][] products(
      CurvatureMatrix matrix, Weights weights, double[][] block, BatchListener batchListener) {
    double[][] products = surface.products(matrix, weights, block, batchListener);
    for (int i = 0; i < block.length; i++) {
      listener.onHessianProduct();
    }
    return products;
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
