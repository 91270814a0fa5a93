package dev.terrain.surface;

/**
 * A surface whose derivatives by some parameters are off by a factor, as a wrong kernel of one
 * layer's reverse pass makes them.
 */
public final class WrongSurface extends ForwardingSurface {
  private final int from;
  private final int to;
  private final double factor;

  /**
   * @param from first of the parameters
   * @param to one beyond the last
   */
  public WrongSurface(LossSurface surface, int from, int to, double factor) {
    super(surface);
    this.from = from;
    this.to = to;
    this.factor = factor;
  }

  private double[] wrong(double[] derivatives) {
    for (int i = from; i < to; i++) {
      derivatives[i] *= factor;
    }
    return derivatives;
  }

  @Override
  public double[][] products(
      CurvatureMatrix matrix, Weights weights, double[][] block, BatchListener listener) {
    double[][] products =
        surface()
            .products(
                matrix,
                weights,
                block,
                (batch, parts) -> {
                  for (double[] part : parts) {
                    wrong(part);
                  }
                  listener.onBatch(batch, parts);
                });
    for (double[] product : products) {
      wrong(product);
    }
    return products;
  }

  @Override
  public LossGradient gradient(Weights weights, BatchListener listener) {
    LossGradient gradient = surface().gradient(weights, listener);
    return new LossGradient(gradient.loss(), wrong(gradient.gradient()));
  }

  @Override
  public LossGradient batchGradient(double[] theta, int[] examples) {
    LossGradient gradient = surface().batchGradient(theta, examples);
    return new LossGradient(gradient.loss(), wrong(gradient.gradient()));
  }
}
