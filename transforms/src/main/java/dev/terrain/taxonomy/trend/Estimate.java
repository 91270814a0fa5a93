package dev.terrain.taxonomy.trend;

import org.jspecify.annotations.Nullable;

/**
 * A number that was estimated from cells, as far as they tell it.
 *
 * @param value null if they do not
 * @param interval 95 percent interval; null if there is none
 * @param reason why there is no value, or no interval; null if there are both
 */
public record Estimate(
    @Nullable Double value, @Nullable Interval interval, @Nullable String reason) {

  /** There is no value. */
  public static Estimate none(String reason) {
    return new Estimate(null, null, reason);
  }

  /** There is a value, but no interval. */
  static Estimate withoutInterval(double value, String reason) {
    return new Estimate(value, null, reason);
  }
}
