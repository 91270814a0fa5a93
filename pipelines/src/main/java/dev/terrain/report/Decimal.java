package dev.terrain.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as text; every input is finite. The minus sign is U+2212, never on a zero. */
final class Decimal {

  private Decimal() {}

  /** A number with a fixed count of decimals. */
  static String fixed(double value, int decimals) {
    return tidy(new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString());
  }

  /** A number with so many significant digits, as short as possible; 1e-3 and below as 1.2e-4. */
  static String significant(double value, int digits) {
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits));
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent < -3 || exponent > 6) {
      String text = String.format(Locale.ROOT, "%." + (digits - 1) + "e", value);
      int e = text.indexOf('e');
      return tidy(text.substring(0, e)) + "e" + tidy("" + Integer.parseInt(text.substring(e + 1)));
    }
    return tidy(rounded.setScale(Math.max(digits - 1 - exponent, 0)).toPlainString());
  }

  /** A setting's or tick's value without needless digits (ten at most): 128, 0.05, 5e-5. */
  static String plain(double value) {
    BigDecimal number = BigDecimal.valueOf(value).round(new MathContext(10)).stripTrailingZeros();
    int exponent = number.precision() - number.scale() - 1;
    if (value == 0 || (exponent >= -3 && exponent <= 6)) {
      return tidy(number.toPlainString());
    }
    String mantissa = number.movePointLeft(exponent).toPlainString();
    return tidy(mantissa) + "e" + tidy("" + exponent);
  }

  private static String tidy(String text) {
    boolean negative = text.startsWith("-");
    boolean zero = text.chars().noneMatch(c -> c >= '1' && c <= '9');
    String digits = negative ? text.substring(1) : text;
    return negative && !zero ? "\u2212" + digits : digits;
  }
}
