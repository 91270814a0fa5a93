package dev.terrain.taxonomy;

import org.jspecify.annotations.Nullable;

/**
 * How sure a cell's phase is, or why that cannot be told.
 *
 * @param share share of the resamples that give the phase, in [0, 1); null if it cannot be told
 * @param reason why there is no share; null if there is one
 */
record Confidence(@Nullable Double share, @Nullable String reason) {
  static Confidence none(String reason) {
    return new Confidence(null, reason);
  }
}
