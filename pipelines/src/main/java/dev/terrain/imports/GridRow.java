package dev.terrain.imports;

import java.util.List;

/**
 * One row of a grid, in our units. A number that is missing is NaN, which goes no further than
 * here.
 */
final class GridRow {
  private final long line;
  private final Place place;
  private final List<String> run;
  private final double epoch;
  private final double rank;
  private final double[] values;
  private final double[] deviations;
  private final double[] counts;

  /**
   * @param line where it stands in the file
   * @param place its cell
   * @param run texts of the columns that tell runs apart
   * @param epoch its epoch; 0 unless rows are epochs
   * @param rank by which of a run's rows one is kept, the one with the largest; NaN is the lowest
   * @param values of the metrics, in the order of the mapping
   * @param deviations their standard deviations
   * @param counts how many values each is the mean of
   */
  GridRow(
      long line,
      Place place,
      List<String> run,
      double epoch,
      double rank,
      double[] values,
      double[] deviations,
      double[] counts) {
    this.line = line;
    this.place = place;
    this.run = run;
    this.epoch = epoch;
    this.rank = rank;
    this.values = values;
    this.deviations = deviations;
    this.counts = counts;
  }

  long line() {
    return line;
  }

  Place place() {
    return place;
  }

  List<String> run() {
    return run;
  }

  double epoch() {
    return epoch;
  }

  double rank() {
    return rank;
  }

  /** Whether a metric has a value. */
  boolean has(int metric) {
    return !Double.isNaN(values[metric]);
  }

  double value(int metric) {
    return values[metric];
  }

  double deviation(int metric) {
    return deviations[metric];
  }

  double count(int metric) {
    return counts[metric];
  }
}
