package dev.terrain.sweep;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers from · (to / from)^(i / (points - 1)), i = 0 … points - 1.
 *
 * <p>The ends are exact. Those between are rounded to 12 significant digits, so that a range from
 * 0.001 to 0.1 holds the 0.01 that a list would, and the models of both have the same fingerprints.
 */
final class GeometricRange {
  /** Fewest and most points of a range. */
  static final int MIN_POINTS = 2;

  static final int MAX_POINTS = 1000;

  private static final MathContext PRECISION = new MathContext(12);

  private GeometricRange() {}

  /**
   * The numbers of a range.
   *
   * @param from first number, above 0
   * @param to last number, above 0; may be below the first
   * @param points how many, at least 2
   */
  static List<BigDecimal> values(BigDecimal from, BigDecimal to, int points) {
    double logFrom = StrictMath.log(from.doubleValue());
    double logTo = StrictMath.log(to.doubleValue());
    List<BigDecimal> values = new ArrayList<>();
    values.add(from);
    for (int i = 1; i < points - 1; i++) {
      double t = i / (points - 1.0);
      double value = StrictMath.exp(logFrom + (logTo - logFrom) * t);
      values.add(new BigDecimal(value).round(PRECISION));
    }
    values.add(to);
    return values;
  }
}
