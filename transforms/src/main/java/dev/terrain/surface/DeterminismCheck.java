package dev.terrain.surface;

import java.util.Arrays;

/**
 * Holds two passes over the images of a loss surface against each other: loss and gradient must
 * agree to the bit, of each batch and of the whole. Where they do not, neither a number nor its
 * error means anything, and products with a curvature matrix are no linear map.
 */
public final class DeterminismCheck {
  /** What it costs, in gradients over the images. */
  public static final int GRADIENTS = 2;

  private DeterminismCheck() {}

  /**
   * Takes the two passes.
   *
   * @param subject whose loss it is, for messages
   * @throws EngineFaultException if the passes differ; it names what does
   */
  public static void require(LossSurface surface, Weights weights, String subject) {
    Pass first = Pass.over(surface, weights);
    Pass second = Pass.over(surface, weights);
    for (int b = 0; b < first.batches().length; b++) {
      if (first.batches()[b] != second.batches()[b]) {
        throw fault(
            "the gradient of batch %d of %d".formatted(b + 1, first.batches().length),
            subject,
            "its hash was %08x".formatted(first.batches()[b]),
            "%08x".formatted(second.batches()[b]));
      }
    }
    requireEqual("the loss", subject, first.result().loss(), second.result().loss());
    double[] gradient = first.result().gradient();
    for (int i = 0; i < gradient.length; i++) {
      requireEqual(
          "component %d of the gradient".formatted(i),
          subject,
          gradient[i],
          second.result().gradient()[i]);
    }
  }

  private static void requireEqual(String what, String subject, double first, double second) {
    if (Double.doubleToLongBits(first) != Double.doubleToLongBits(second)) {
      throw fault(what, subject, "it was " + first, Double.toString(second));
    }
  }

  private static EngineFaultException fault(
      String what, String subject, String first, String second) {
    return new EngineFaultException(
        what + " of " + subject + ", taken twice over the same images", first, second);
  }

  /**
   * One pass.
   *
   * @param result loss and gradient over all images
   * @param batches hashes of the gradients of the batches
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Pass(LossGradient result, int[] batches) {
    static Pass over(LossSurface surface, Weights weights) {
      int[] batches = new int[surface.batchSizes().length];
      LossGradient result =
          surface.gradient(
              weights, (batch, vectors) -> batches[batch] = Arrays.hashCode(vectors[0]));
      return new Pass(result, batches);
    }
  }
}
