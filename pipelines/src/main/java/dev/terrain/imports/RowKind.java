package dev.terrain.imports;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What one row of a grid is. */
enum RowKind {
  /** A cell: its values are those of one run or means of several. */
  CELL,
  /** A run of a cell. */
  RUN,
  /** A run at one of its epochs, of which one is kept. */
  EPOCH;

  /** The word of a mapping. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> words() {
    return Arrays.stream(values()).map(RowKind::word).toList();
  }
}
