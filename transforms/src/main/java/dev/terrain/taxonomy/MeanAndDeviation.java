package dev.terrain.taxonomy;

import org.jspecify.annotations.Nullable;

/**
 * Mean and standard deviation of some values.
 *
 * @param n number of values
 * @param mean arithmetic mean; null without values
 * @param deviation standard deviation with n - 1; null with fewer than two values
 */
public record MeanAndDeviation(int n, @Nullable Double mean, @Nullable Double deviation) {

  /** Mean and deviation of values, in any order. */
  public static MeanAndDeviation of(double[] values) {
    if (values.length == 0) {
      return new MeanAndDeviation(0, null, null);
    }
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    if (values.length == 1) {
      return new MeanAndDeviation(1, mean, null);
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new MeanAndDeviation(values.length, mean, Math.sqrt(squares / (values.length - 1.0)));
  }
}
