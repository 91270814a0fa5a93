package dev.terrain.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a number of a column becomes a value of ours: v = offset + factor · times · s(x), with s(x) =
 * x, eˣ or 10ˣ.
 *
 * @param scale what the column holds: numbers or their logarithms
 * @param times what the mapping multiplies by
 * @param unit what the column's unit is called in a mapping, and how it becomes ours
 */
record Conversion(Scale scale, double times, Unit unit) {

  /** Whether a column holds numbers or logarithms. */
  enum Scale {
    LINEAR("linear"),
    LN("ln"),
    LOG10("log10");

    private final String word;

    Scale(String word) {
      this.word = word;
    }

    static List<String> words() {
      return List.of(LINEAR.word, LN.word, LOG10.word);
    }

    static Scale of(String word) {
      return word.equals(LN.word) ? LN : word.equals(LOG10.word) ? LOG10 : LINEAR;
    }
  }

  /**
   * A unit that a column can have.
   *
   * @param word what a mapping calls it
   * @param factor what turns it into ours
   * @param offset what is added after that
   * @param done what is done, in words; empty if it is ours
   */
  record Unit(String word, double factor, double offset, String done) {
    private static final double HUNDRED = 100;
    private static final String PERCENT = "percent";
    private static final String NATS = "nats";

    /** The units in which a metric of one of our units may be given, ours first. */
    static List<Unit> of(String ours, boolean isAccuracy) {
      List<Unit> units = new ArrayList<>();
      units.add(new Unit(ours, 1, 0, ""));
      if (ours.equals(PERCENT)) {
        units.add(
            new Unit("fraction", HUNDRED, 0, "holds fractions; multiplied by 100 into percent"));
      }
      if (ours.equals(PERCENT) && isAccuracy) {
        units.add(
            new Unit("percent_error", -1, HUNDRED, "holds errors in percent; taken from 100"));
        units.add(
            new Unit(
                "fraction_error",
                -HUNDRED,
                HUNDRED,
                "holds errors as fractions; multiplied by 100 and taken from 100"));
      }
      if (ours.equals(NATS)) {
        units.add(
            new Unit("bits", Math.log(2), 0, "is in bits; multiplied by ln 2 = 0.6931 into nats"));
      }
      return units;
    }

    /** Whether values beyond 1 cannot be in this unit. */
    boolean isFraction() {
      return word.startsWith("fraction");
    }

    /** Whether values that all lie within 1 may be fractions that were taken for percent. */
    boolean isPercent() {
      return word.startsWith(PERCENT);
    }
  }

  /** The number in the column's unit: without logarithm, multiplied. */
  double undone(double x) {
    return times
        * switch (scale) {
          case LINEAR -> x;
          case LN -> Math.exp(x);
          case LOG10 -> Math.pow(10, x);
        };
  }

  /** The value in our unit. */
  double value(double x) {
    return unit.offset() + unit.factor() * undone(x);
  }

  /** A standard deviation in our unit; only of columns without logarithm. */
  double deviation(double x) {
    return Math.abs(unit.factor() * times * x);
  }

  /** What is done with a column, in a sentence; empty if its numbers are taken as they are. */
  Optional<String> sentence(String metric, String column) {
    List<String> steps = new ArrayList<>();
    switch (scale) {
      case LINEAR -> {}
      case LN -> steps.add("holds natural logarithms; undone by e^x");
      case LOG10 -> steps.add("holds decimal logarithms; undone by 10^x");
    }
    if (times != 1) {
      steps.add("is multiplied by " + GridNumber.text(times));
    }
    if (!unit.done().isEmpty()) {
      steps.add(unit.done());
    }
    return steps.isEmpty()
        ? Optional.empty()
        : Optional.of(metric + ": column " + column + " " + String.join(", then ", steps));
  }
}
