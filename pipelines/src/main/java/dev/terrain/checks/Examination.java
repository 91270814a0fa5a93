package dev.terrain.checks;

import dev.terrain.v1.Check;
import dev.terrain.v1.CheckResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The values that one check has seen so far. */
final class Examination {
  /** A report names a few; the tables have them all. */
  private static final int NAMED = 5;

  private final Check check;
  private final double smallest;
  private final double largest;
  private final List<String> outside = new ArrayList<>();
  private long examined;
  private long inside;

  /**
   * @param check with its range written out
   */
  Examination(Check check) {
    this.check = check;
    this.smallest = check.getBetween().get(0);
    this.largest = check.getBetween().get(1);
  }

  /**
   * Adds a value.
   *
   * @param subject what it is the value of, for the report
   */
  void add(String subject, double value) {
    add(value, () -> subject + ": " + (float) value);
  }

  /**
   * Adds a verdict, whose value says no more than it does.
   *
   * @param text what is reported if the value is out of the range
   * @param value 1 or 0
   */
  void addVerdict(String text, int value) {
    add(value, () -> text);
  }

  private void add(double value, Supplier<String> text) {
    examined++;
    if (value >= smallest && value <= largest) {
      inside++;
    } else if (outside.size() < NAMED) {
      outside.add(text.get());
    }
  }

  CheckResult result() {
    return CheckResult.newBuilder()
        .setCheck(check)
        .setHeld(examined > 0 && isEnough())
        .setExamined(examined)
        .setInside(inside)
        .setOutside(outside)
        .build();
  }

  /** Exact for the share as it is written: 0.55 of 20 are 11. */
  private boolean isEnough() {
    BigDecimal least = BigDecimal.valueOf(check.getShare()).multiply(BigDecimal.valueOf(examined));
    return BigDecimal.valueOf(inside).compareTo(least) >= 0;
  }
}
