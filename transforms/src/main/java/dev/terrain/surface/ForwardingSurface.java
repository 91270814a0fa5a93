package dev.terrain.surface;

/**
 * A loss surface that is another one but for the methods that a subclass overrides.
 *
 * <p>Only what every surface implements itself is handed on. The methods that the interface builds
 * of those ({@link #gradient(Weights)}, {@link #hessianProduct}, {@link #curvature}) are built of
 * the subclass's: one that changes {@link #products} changes them all, and one that changes none
 * and wants the other's kept graphs overrides {@link #curvature}.
 */
public abstract class ForwardingSurface implements LossSurface {
  private final LossSurface surface;

  /**
   * @param surface computes
   */
  protected ForwardingSurface(LossSurface surface) {
    this.surface = surface;
  }

  /** The surface that computes. */
  protected final LossSurface surface() {
    return surface;
  }

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
  public LossGradient gradient(Weights weights, BatchListener listener) {
    return surface.gradient(weights, listener);
  }

  @Override
  public double[][] products(
      CurvatureMatrix matrix, Weights weights, double[][] block, BatchListener listener) {
    return surface.products(matrix, weights, block, listener);
  }

  @Override
  public LossGradient batchGradient(double[] theta, int[] examples) {
    return surface.batchGradient(theta, examples);
  }

  @Override
  public double[] estimateStatistics(double[] theta) {
    return surface.estimateStatistics(theta);
  }
}
