package dev.terrain.surface;

import dev.terrain.model.Network;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * A network whose derivatives in float32 are held against those in float64, which the engine
 * computes by other kernels.
 *
 * @param width of which layers have few or odd numbers of channels, so that no vector of the
 *     processor is filled
 * @param batch images in a pass, of 100
 * @param side of the images in pixels
 */
record PrecisionCase(String architecture, int width, int batch, int side) {
  /** Rounding leaves 2e-6; a kernel that reads what nobody wrote is off by 1e-2 or more. */
  static final double TOLERANCE = 2e-5;

  private static final int IMAGES = 100;
  private static final int DRAWS = 3;

  /** The narrow networks, in batches that fill vectors and in those that do not. */
  static Stream<PrecisionCase> all(int side) {
    return Stream.concat(
        networks("cnn", side, 1, 2, 3, 4, 5, 6), networks("resnet18", side, 1, 2, 4));
  }

  private static Stream<PrecisionCase> networks(String architecture, int side, Integer... widths) {
    return Stream.of(widths)
        .flatMap(
            width ->
                Stream.of(25, 100)
                    .map(batch -> new PrecisionCase(architecture, width, batch, side)));
  }

  private record Derivative(String name, BiFunction<NetworkSurface, Weights, double[]> of) {}

  private List<Derivative> derivatives(double[] direction) {
    int[] examples = Surfaces.batches(IMAGES, batch)[0];
    return List.of(
        new Derivative("gradient", (surface, weights) -> surface.gradient(weights).gradient()),
        new Derivative(
            "Hessian product",
            (surface, weights) -> surface.hessianProduct(weights, direction).product()),
        new Derivative(
            "gradient in train mode",
            (surface, weights) -> surface.batchGradient(weights.theta(), examples).gradient()));
  }

  /**
   * Largest relative error ‖x₃₂ − x₆₄‖ / ‖x₆₄‖ of gradient, Hessian-vector product and gradient in
   * train mode.
   *
   * <p>A unit whose input is 0 but for rounding may be on in one precision only, which moves all
   * derivatives by a step. So where the error is above the tolerance up to three draws of weights
   * are tried, and the smallest error counts: a wrong kernel is wrong for all.
   *
   * @param repetitions how often each is computed in float32
   * @throws AssertionError if a repetition has other bits than the first
   */
  double relativeError(int repetitions) {
    double smallest = Double.POSITIVE_INFINITY;
    for (int draw = 0; draw < DRAWS && smallest >= TOLERANCE; draw++) {
      smallest = Math.min(smallest, relativeError(repetitions, "precision " + draw));
    }
    return smallest;
  }

  private double relativeError(int repetitions, String id) {
    RandomImages images = new RandomImages(IMAGES, 1, side, 10, 1);
    Network network = Surfaces.network(Surfaces.spec(architecture, width).build(), images);
    Weights weights = Surfaces.weights(network, id);
    double[] direction = Surfaces.gaussian(network.dimension(), "direction");
    int[][] batches = Surfaces.batches(IMAGES, batch);
    NetworkSurface exact = new NetworkSurface(network, images, batches, Precision.FLOAT64);
    NetworkSurface single = new NetworkSurface(network, images, batches, Precision.FLOAT32);
    double largest = 0;
    for (Derivative derivative : derivatives(direction)) {
      double[] expected = derivative.of().apply(exact, weights);
      double[] first = derivative.of().apply(single, weights);
      for (int i = 1; i < repetitions; i++) {
        if (!Arrays.equals(derivative.of().apply(single, weights), first)) {
          throw new AssertionError(
              "repetition %d of the %s of %s has other bits than the first"
                  .formatted(i, derivative.name(), this));
        }
      }
      double error = relativeError(first, expected);
      if (Double.isNaN(error)) {
        throw new AssertionError("the " + derivative.name() + " of " + this + " is not finite");
      }
      largest = Math.max(largest, error);
    }
    return largest;
  }

  private static double relativeError(double[] values, double[] expected) {
    double squares = 0;
    double norm = 0;
    for (int i = 0; i < values.length; i++) {
      squares += (values[i] - expected[i]) * (values[i] - expected[i]);
      norm += expected[i] * expected[i];
    }
    return Math.sqrt(squares / norm);
  }
}
