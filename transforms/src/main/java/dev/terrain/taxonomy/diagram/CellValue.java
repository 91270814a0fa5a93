package dev.terrain.taxonomy.diagram;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one metric in one cell.
 *
 * @param mean mean over the n models or pairs, finite
 * @param n how many values it is the mean of, at least 1
 * @param deviation standard deviation of these values (n - 1); null if it is not known
 * @param error standard error of the mean: that over models or pairs and that of the measurement
 *     itself combined; null if it is not known
 */
public record CellValue(double mean, int n, @Nullable Double deviation, @Nullable Double error) {

  /** A single number of which no error is known. */
  public static CellValue of(double mean) {
    return new CellValue(mean, 1, null, null);
  }
}
