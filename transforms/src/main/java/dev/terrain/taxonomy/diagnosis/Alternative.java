package dev.terrain.taxonomy.diagnosis;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A measured cell that differs from another in one setting and has a higher test accuracy: the best
 * of its kind in the grid. Being the best of several noisy values, its gain is rather too large
 * than too small.
 *
 * @param setting the setting that differs
 * @param change {@code larger}, {@code smaller}, or {@code other} for values that are not numbers
 * @param from its value in the cell
 * @param to its value in the better cell
 * @param cellId the better cell
 * @param accuracy mean test accuracy there, percent
 * @param accuracyError its standard error; null if it is not known
 * @param gain accuracy there minus the cell's, percentage points, above 0
 * @param gainError standard error of the gain, of both cells combined; null if either is not known
 */
public record Alternative(
    String setting,
    String change,
    String from,
    String to,
    String cellId,
    double accuracy,
    @Nullable Double accuracyError,
    double gain,
    @Nullable Double gainError) {
  private static final double STANDARD_ERRORS = 2;

  /** Whether the gain is more than two of its standard errors; null if they are not known. */
  public @Nullable Boolean isBeyondNoise() {
    return gainError == null ? null : Boolean.valueOf(gain > STANDARD_ERRORS * gainError);
  }

  /** {@code 256 -> 64, +4.1 points here}, with the standard error where it is known. */
  String words() {
    String size =
        gainError == null
            ? String.format(Locale.ROOT, "%+.1f", gain)
            : String.format(Locale.ROOT, "%+.1f ± %.1f", gain, gainError);
    String doubt = Boolean.FALSE.equals(isBeyondNoise()) ? ", within the noise" : "";
    return from + " -> " + to + ", " + size + " points here" + doubt;
  }
}
