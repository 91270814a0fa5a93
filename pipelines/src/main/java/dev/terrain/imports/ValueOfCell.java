package dev.terrain.imports;

import org.jspecify.annotations.Nullable;

/**
 * What a grid says of one metric in one cell.
 *
 * @param n values behind the mean
 * @param models models that these are of, each counted once; null if it is not known
 * @param without runs that have no value
 * @param mean null without values
 * @param deviation standard deviation (n - 1); null if it is not known
 * @param independent whether the values are of different models, so that deviation / sqrt(n) is the
 *     standard error of the mean
 * @param reason why the mean, or the deviation, is null; else null
 */
record ValueOfCell(
    int n,
    @Nullable Integer models,
    int without,
    @Nullable Double mean,
    @Nullable Double deviation,
    boolean independent,
    @Nullable String reason) {

  /** No value. */
  static ValueOfCell none(int without, String reason) {
    return new ValueOfCell(0, 0, without, null, null, false, reason);
  }

  /** Standard error of the mean, taking the values for independent; null if it is not known. */
  @Nullable Double error() {
    Double known = deviation;
    return known == null ? null : Double.valueOf(known / Math.sqrt(n));
  }
}
