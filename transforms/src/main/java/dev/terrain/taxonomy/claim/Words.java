package dev.terrain.taxonomy.claim;

import dev.terrain.taxonomy.trend.Interval;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers in sentences. */
final class Words {
  private static final double SMALLEST_CHANCE = 0.001;

  private Words() {}

  static String points(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  static String signedPoints(double value) {
    return String.format(Locale.ROOT, "%+.1f", value);
  }

  static String two(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** An interval, or that there is none. */
  static String interval(@Nullable Interval interval) {
    return interval == null
        ? "too few for an interval"
        : String.format(Locale.ROOT, "%.2f to %.2f", interval.low(), interval.high());
  }

  static String chance(double chance) {
    return chance < SMALLEST_CHANCE ? "p < 0.001" : String.format(Locale.ROOT, "p = %.3f", chance);
  }

  /** A number without the digits that it does not need. */
  static String value(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.valueOf(value);
  }
}
