package dev.terrain.similarity;

/**
 * The distance ‖θ - θ'‖₂ of two models in parameter space: all trainable parameters, not aligned,
 * not normalised (the study's l2 distance).
 */
public final class WeightDistance {
  private WeightDistance() {}

  /**
   * The Euclidean distance of two vectors.
   *
   * @throws IllegalArgumentException if their lengths differ
   */
  public static double euclidean(double[] theta, double[] other) {
    if (theta.length != other.length) {
      throw new IllegalArgumentException(
          "both models must have the same number of parameters, not "
              + theta.length
              + " and "
              + other.length);
    }
    double sum = 0;
    for (int i = 0; i < theta.length; i++) {
      double difference = theta[i] - other[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
