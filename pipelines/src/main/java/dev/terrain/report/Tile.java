package dev.terrain.report;

import org.jspecify.annotations.Nullable;

/**
 * One cell of a heat map as it is drawn.
 *
 * @param fill its colour; null for a cell without a value
 * @param mark what is drawn over it
 * @param label the printed value, or empty
 * @param detail a second, smaller line, or empty
 * @param tooltip what a pointer over it is told
 */
record Tile(@Nullable Colour fill, Mark mark, String label, String detail, String tooltip) {

  /** A cell without a value, whose mark says why. */
  static Tile empty(Mark mark, String tooltip) {
    return new Tile(null, mark, mark.symbol(), "", tooltip);
  }

  /** A mark over a cell, explained in the legend where it occurs. */
  enum Mark {
    NONE("", ""),
    NOT_MEASURED("", "not measured"),
    DIVERGED("", "all models diverged"),
    SOME_DIVERGED("", "some models diverged and are left out"),
    NO_LOGARITHM("\u2264 0", "mean not above 0: no logarithm"),
    NO_PHASE("?", "phase cannot be told");

    private final String symbol;
    private final String meaning;

    Mark(String symbol, String meaning) {
      this.symbol = symbol;
      this.meaning = meaning;
    }

    /** What is printed in place of a value, or empty. */
    String symbol() {
      return symbol;
    }

    String meaning() {
      return meaning;
    }
  }
}
