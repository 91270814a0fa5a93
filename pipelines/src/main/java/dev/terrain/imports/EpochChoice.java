package dev.terrain.imports;

import org.jspecify.annotations.Nullable;

/**
 * Which epoch of a run is kept.
 *
 * @param epoch the column that counts them
 * @param by the column whose lowest or highest value names it; null for the last epoch
 * @param highest whether it is the highest
 */
record EpochChoice(ColumnName epoch, @Nullable ColumnName by, boolean highest) {

  /** What is kept, in a sentence. */
  String sentence() {
    return "of each run the row of "
        + (by == null
            ? "the last " + epoch.name()
            : "the " + (highest ? "highest " : "lowest ") + by.name())
        + " is kept";
  }
}
