package dev.terrain.taxonomy.boundary;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as sentences write them. */
final class Words {
  private Words() {}

  /** A whole number as it is, another one with three significant digits; no exponent. */
  static String number(double value) {
    BigDecimal exact = BigDecimal.valueOf(value);
    BigDecimal rounded = value == Math.rint(value) ? exact : exact.round(new MathContext(3));
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /** A value of an axis, as it is written in sweeps. */
  static String axisValue(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /** A share in percent with one decimal. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** A count with its noun. */
  static String count(int count, String noun) {
    return count + " " + noun(count, noun);
  }

  /** A noun in the singular or plural. */
  static String noun(int count, String noun) {
    return count == 1 ? noun : noun + "s";
  }
}
