package dev.terrain.stage;

/**
 * What the networks and data of a cell cost, in nominal seconds: c calls of the engine on b images
 * each, for a network of m multiply-adds an image that passes through it p times as a forward pass
 * does, take c ({@value #CALL} + b ({@value #IMAGE} + p m {@value #MULTIPLY_ADD})).
 *
 * @param training training images
 * @param test test images
 * @param multiplyAdds of a forward pass of one image
 * @param parameters of the network
 */
public record CellCost(int training, int test, long multiplyAdds, int parameters) {
  /** What a gradient costs, in forward passes. */
  public static final int GRADIENT = 3;

  /** What a product with a curvature matrix costs, in forward passes. */
  public static final int PRODUCT = 4;

  /** Seconds of one forward and backward pass whatever its size. */
  private static final double CALL = 3e-4;

  /** Seconds of an image in such a pass whatever the network. */
  private static final double IMAGE = 6e-7;

  /** Seconds of a multiply-add. */
  private static final double MULTIPLY_ADD = 5e-11;

  private static final int FORWARD = 1;
  private static final double EVALUATION_BATCH = 128;

  /** Seconds of reading one model, and each of its parameters. */
  private static final double LOAD = 1e-3;

  private static final double LOAD_PARAMETER = 1e-8;

  /**
   * Time of passes.
   *
   * @param calls of the engine
   * @param images in all of them
   * @param passes what each costs, in forward passes
   */
  public double pass(double calls, double images, int passes) {
    double share = passes / (double) GRADIENT;
    return calls * CALL * share + images * (IMAGE * share + passes * multiplyAdds * MULTIPLY_ADD);
  }

  /** Time of an evaluation of so many images. */
  public double evaluation(double images) {
    return pass(Math.ceil(images / EVALUATION_BATCH), images, FORWARD);
  }

  /** Time of reading a model. */
  public double load() {
    return LOAD + parameters * LOAD_PARAMETER;
  }
}
