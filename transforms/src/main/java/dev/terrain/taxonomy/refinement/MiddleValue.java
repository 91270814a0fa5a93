package dev.terrain.taxonomy.refinement;

import dev.terrain.taxonomy.diagram.DiagramAxis;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalDouble;

/** The value half-way between two neighbouring values of an axis. */
final class MiddleValue {
  private static final MathContext DIGITS = new MathContext(4);

  private MiddleValue() {}

  /**
   * The middle of the values i and i + 1: geometric on a logarithmic axis, a whole number where all
   * values are whole, else of four digits. Empty if there is no such value between them.
   */
  static OptionalDouble after(DiagramAxis axis, int i) {
    double low = axis.values().get(i);
    double high = axis.values().get(i + 1);
    double middle = axis.value((axis.coordinate(low) + axis.coordinate(high)) / 2);
    boolean isWhole = axis.values().stream().allMatch(value -> value == Math.rint(value));
    double rounded =
        isWhole ? Math.rint(middle) : new BigDecimal(middle).round(DIGITS).doubleValue();
    return rounded > low && rounded < high ? OptionalDouble.of(rounded) : OptionalDouble.empty();
  }
}
