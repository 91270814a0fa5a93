package dev.terrain.taxonomy.refinement;

import org.jspecify.annotations.Nullable;

/**
 * A cell whose measurement would tell much about the boundaries.
 *
 * @param slice values of the further axes; empty if there are none
 * @param load value of the load setting
 * @param temperature value of the temperature setting
 * @param kind what is to be done there
 * @param cellId the cell, if it is there already; null if it is new
 * @param margin share of the likeliest phase minus that of the next, in 0 … 1: the smaller, the
 *     less is known; 0 where nothing is known
 * @param why one sentence
 */
public record NextCell(
    String slice,
    double load,
    double temperature,
    Kind kind,
    @Nullable String cellId,
    double margin,
    String why) {

  /** What is to be done at a place. */
  public enum Kind {
    /** A place of the grid that was not measured. */
    MEASURE,
    /** A cell whose phase is open since a metric is missing. */
    COMPLETE,
    /** A cell whose phase is not sure: more seeds. */
    REPEAT,
    /** A new value between two of the grid, across a boundary. */
    BETWEEN
  }
}
