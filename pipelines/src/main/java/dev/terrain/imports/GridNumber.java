package dev.terrain.imports;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/** Numbers as tables write them: decimal, with a point, and an exponent or none. */
final class GridNumber {
  private static final int MAX_LENGTH = 100;
  private static final int PLAIN_DIGITS = 15;

  private GridNumber() {}

  /** Whether all characters may be those of a number; spares an exception where they are not. */
  private static boolean mayBeNumber(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return false;
      }
    }
    return true;
  }

  /** The number that a text is; NaN if it is none, infinite if it is too large. */
  static double parseDouble(String text) {
    if (!mayBeNumber(text)) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(text) + 0.0;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** The exact number that a text is; empty if it is none, or none that a double can hold. */
  static Optional<BigDecimal> parse(String text) {
    return Double.isFinite(parseDouble(text))
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  /** Whether a text is a word for what is no finite number, such as {@code nan} or {@code -inf}. */
  static boolean isNotFinite(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    if (word.startsWith("-") || word.startsWith("+")) {
      word = word.substring(1);
    }
    return word.equals("nan")
        || word.equals("inf")
        || word.equals("infinity")
        || Double.isInfinite(parseDouble(text));
  }

  /** A number as people read it, which is JSON: {@code 16}, {@code 0.1}, {@code 1E-9}. */
  static String text(double value) {
    if (value == 0) {
      return "0";
    }
    BigDecimal decimal = BigDecimal.valueOf(value).stripTrailingZeros();
    double size = Math.abs(value);
    return size >= 1e-6 && size < Math.pow(10, PLAIN_DIGITS)
        ? decimal.toPlainString()
        : decimal.toString();
  }
}
