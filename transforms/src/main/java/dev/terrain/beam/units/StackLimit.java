package dev.terrain.beam.units;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * How many units a worker computes together at most: no more than this, and no more than pay.
 *
 * @param units from 1, which computes each unit by itself, to {@value #MOST}
 */
public record StackLimit(int units) implements Serializable {
  /** More than any stage has use for. */
  public static final int MOST = 1024;

  /** As many as pay. */
  public static final StackLimit AUTO = new StackLimit(MOST);

  /** Each unit is computed by itself. */
  public static final StackLimit OFF = new StackLimit(1);

  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,3}");

  /** Checks the number. */
  public StackLimit {
    if (units < 1 || units > MOST) {
      throw new IllegalArgumentException("units (" + units + ") must be from 1 to " + MOST);
    }
  }

  /**
   * Reads {@code auto}, {@code off} or a number.
   *
   * @param option what an error calls it
   * @throws IllegalArgumentException if it is none of these
   */
  public static StackLimit parse(String option, String text) {
    if (text.equals("auto")) {
      return AUTO;
    }
    if (text.equals("off")) {
      return OFF;
    }
    if (!NUMBER.matcher(text).matches() || Integer.parseInt(text) > MOST) {
      throw new IllegalArgumentException(
          "%s (%s) must be auto, off or a number from 1 to %d".formatted(option, text, MOST));
    }
    return new StackLimit(Integer.parseInt(text));
  }

  /** Whether units are ever computed together. */
  boolean allowsStacks() {
    return units > 1;
  }
}
