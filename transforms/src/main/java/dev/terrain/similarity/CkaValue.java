package dev.terrain.similarity;

import org.jspecify.annotations.Nullable;

/**
 * A centred kernel alignment, or why there is none.
 *
 * @param value the alignment: in [0, 1] biased, in [-1, 1] debiased; null if it is undefined
 * @param dataStandardError its standard error from the sample of examples; above 0; null if the
 *     value or one of the jackknife's is undefined, or all of them agree
 * @param reason why the value is undefined; null if it is defined
 */
public record CkaValue(
    @Nullable Double value, @Nullable Double dataStandardError, @Nullable String reason) {

  static CkaValue defined(double value) {
    return new CkaValue(value, null, null);
  }

  static CkaValue undefined(String reason) {
    return new CkaValue(null, null, reason);
  }

  CkaValue withDataStandardError(@Nullable Double error) {
    return new CkaValue(value, error, reason);
  }
}
