package dev.terrain.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers for columns of text. */
final class NumberText {
  private static final MathContext DIGITS = new MathContext(4);

  private NumberText() {}

  /** A setting's value: {@code 128}, {@code 0.05}. */
  static String plain(double value) {
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  /**
   * A value with four digits: {@code 97.33}, {@code 12350}, {@code 1.2e-07}; {@code -} for none.
   */
  static String brief(Double value) {
    if (value == null || !Double.isFinite(value)) {
      return "-";
    }
    double size = Math.abs(value);
    if (size != 0 && (size < 1e-3 || size >= 1e6)) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    return new BigDecimal(value).round(DIGITS).toPlainString();
  }
}
