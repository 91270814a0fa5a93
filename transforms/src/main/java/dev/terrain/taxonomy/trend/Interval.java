package dev.terrain.taxonomy.trend;

import java.util.Arrays;

/**
 * The numbers from low to high, both included; what the interval covers, and how often, its maker
 * says.
 */
public record Interval(double low, double high) {

  /**
   * The percentile interval of bootstrap draws (Efron and Tibshirani 1993, section 13.3): from
   * their quantile (1 - level)/2 to their quantile (1 + level)/2.
   *
   * @param draws at least one
   * @param level share of the draws inside, in (0, 1)
   */
  public static Interval ofDraws(double[] draws, double level) {
    double[] sorted = draws.clone();
    Arrays.sort(sorted);
    return new Interval(quantile(sorted, (1 - level) / 2), quantile(sorted, (1 + level) / 2));
  }

  /** The quantile of ascending numbers, linear between them. */
  static double quantile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  /** Whether all of it is above a number. */
  public boolean isAbove(double number) {
    return low > number;
  }

  /** Whether all of it is below a number. */
  public boolean isBelow(double number) {
    return high < number;
  }

  /** Whether all of it is on one side of zero. */
  public boolean excludesZero() {
    return isAbove(0) || isBelow(0);
  }
}
