package dev.terrain.taxonomy.diagram;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one metric in one cell.
 *
 * @param mean mean over models or pairs of them, finite
 * @param n how many models stand behind it, at least 1
 * @param deviation standard deviation of the values (n - 1); null if it is not known
 * @param error standard error of the mean, from the choice of the models, with n - 1 degrees of
 *     freedom, and from the measurement itself; null if it is not known
 */
public record CellValue(double mean, int n, @Nullable Double deviation, @Nullable Double error) {

  /** A single number of which no error is known. */
  public static CellValue of(double mean) {
    return new CellValue(mean, 1, null, null);
  }
}
