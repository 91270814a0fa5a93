package dev.terrain.curvature.sharpness;

import org.jspecify.annotations.Nullable;

/**
 * One number about a point of a loss surface, with its errors and its cost.
 *
 * @param value the number; null if it is not defined there
 * @param standardError standard error from random directions; null if there are none
 * @param dataStandardError standard error from the sample of images, with everything else as it is;
 *     null where there is no estimate of it
 * @param dataBias how far the sample of images overestimates the value on average; null where there
 *     is no estimate of it
 * @param reason why there is no value, or why it says too little; null if neither
 * @param cost what was spent
 */
public record ScalarMeasure(
    @Nullable Double value,
    @Nullable Double standardError,
    @Nullable Double dataStandardError,
    @Nullable Double dataBias,
    @Nullable String reason,
    Cost cost) {

  /** A value that is defined, with those of its errors that are known, else null. */
  public static ScalarMeasure of(
      double value, @Nullable Double standardError, @Nullable Double dataStandardError, Cost cost) {
    return new ScalarMeasure(value, standardError, dataStandardError, null, null, cost);
  }

  /** No value, for a reason. */
  public static ScalarMeasure undefined(String reason, Cost cost) {
    return new ScalarMeasure(null, null, null, null, reason, cost);
  }

  ScalarMeasure withDataBias(double bias) {
    return new ScalarMeasure(value, standardError, dataStandardError, bias, reason, cost);
  }

  /** The same value, which says too little, with a further reason why. */
  public ScalarMeasure withReason(String why) {
    String all = reason == null ? why : reason + "; " + why;
    return new ScalarMeasure(value, standardError, dataStandardError, dataBias, all, cost);
  }

  /** The same value, which took more. */
  public ScalarMeasure withCost(Cost all) {
    return new ScalarMeasure(value, standardError, dataStandardError, dataBias, reason, all);
  }

  /**
   * What a measurement spent, in passes over the whole sample.
   *
   * @param evaluations forward passes, about a third of a gradient each
   * @param gradients gradients
   * @param products products with a curvature matrix, about two gradients each
   */
  public record Cost(long evaluations, long gradients, long products) {
    /** Both together. */
    public Cost plus(Cost other) {
      return new Cost(
          evaluations + other.evaluations, gradients + other.gradients, products + other.products);
    }
  }
}
