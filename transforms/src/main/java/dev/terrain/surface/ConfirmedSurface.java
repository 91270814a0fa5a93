package dev.terrain.surface;

/**
 * A loss surface whose results that are not finite were computed twice, with the same bits. Every
 * method throws an {@link EngineFaultException} if the second computation says something else.
 */
public final class ConfirmedSurface extends ForwardingSurface {
  private final Confirmation confirmation;

  /**
   * @param surface computes
   * @param subject whose loss it is, for messages
   */
  public ConfirmedSurface(LossSurface surface, String subject) {
    super(surface);
    this.confirmation = new Confirmation(subject);
  }

  @Override
  public Evaluation evaluate(Weights weights) {
    return confirmation.of(
        "the losses",
        () -> surface().evaluate(weights),
        evaluation -> new double[][] {evaluation.losses()});
  }

  @Override
  public double[][] outputs(Weights weights) {
    return confirmation.of("the outputs", () -> surface().outputs(weights), outputs -> outputs);
  }

  @Override
  public LossGradient gradient(Weights weights, BatchListener listener) {
    return confirmation.of(
        "the gradient",
        surface().gradient(weights, listener),
        () -> surface().gradient(weights),
        ConfirmedSurface::numbers);
  }

  @Override
  public double[][] products(
      CurvatureMatrix matrix, Weights weights, double[][] block, BatchListener listener) {
    return confirmed(surface().products(matrix, weights, block, listener), matrix, weights, block);
  }

  @Override
  public CurvatureProducts curvature(CurvatureMatrix matrix, Weights weights, long graphBytes) {
    CurvatureProducts products = surface().curvature(matrix, weights, graphBytes);
    return new CurvatureProducts() {
      @Override
      public double[][] of(double[][] block, BatchListener listener) {
        return confirmed(products.of(block, listener), matrix, weights, block);
      }

      @Override
      public void close() {
        products.close();
      }
    };
  }

  /** The second computation takes nothing from graphs that are kept. */
  private double[][] confirmed(
      double[][] products, CurvatureMatrix matrix, Weights weights, double[][] block) {
    return confirmation.of(
        "the products with " + matrix.kind(),
        products,
        () -> surface().products(matrix, weights, block, (batch, parts) -> {}),
        all -> all);
  }

  @Override
  public LossGradient batchGradient(double[] theta, int[] examples) {
    return confirmation.of(
        "the gradient of a batch",
        () -> surface().batchGradient(theta, examples),
        ConfirmedSurface::numbers);
  }

  @Override
  public double[] estimateStatistics(double[] theta) {
    return confirmation.vector(
        "the batch-norm statistics", () -> surface().estimateStatistics(theta));
  }

  private static double[][] numbers(LossGradient gradient) {
    return new double[][] {{gradient.loss()}, gradient.gradient()};
  }
}
