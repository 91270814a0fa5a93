package dev.terrain.taxonomy.boundary;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A threshold of the phase rule and where it comes from.
 *
 * @param setting its name in the taxonomy settings, such as {@code converged_train_loss}
 * @param value the threshold, in the metric's unit
 * @param source where it comes from
 * @param widestGap the gap of the data, whether or not the threshold was taken from it; null if
 *     there is none or none is looked for
 * @param sentence the same in words, with numbers
 */
public record Threshold(
    String setting, double value, Source source, @Nullable Gap widestGap, String sentence) {

  /** Where a threshold comes from. */
  public enum Source {
    /** The geometric middle of a gap of the data. */
    DATA,
    /** The default of the settings. */
    DEFAULT,
    /** A setting that differs from the default. */
    SETTING
  }

  /** The gap of the data; empty if there is none or none is looked for. */
  public Optional<Gap> gap() {
    return Optional.ofNullable(widestGap);
  }
}
