package dev.terrain.taxonomy.diagnosis;

import dev.terrain.taxonomy.Phase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to change in a cell. The direction of the temperature comes from its phase; the gains come
 * from the measured cells of the same grid, and are upper ends of what to expect there, as they are
 * the best of several.
 *
 * @param cellId the cell
 * @param slice values of the further axes; empty if there are none
 * @param phase its phase; null if it is not known
 * @param temperature the way to turn the temperature, by the phase rule
 * @param reason why, or why it cannot be decided
 * @param expected the best measured cell that way at equal load; null if none there is better, or
 *     the way is not decidable
 * @param hotter the best measured hotter cell at equal load, null if none is better
 * @param colder the best measured colder cell at equal load, null if none is better
 * @param load the best measured cell of another load at equal temperature, null if none is better
 * @param further for each further axis the best measured cell that differs in it alone, if better
 * @param grid the direction that the grid itself shows; not decidable where neither side is better
 * @param baseline what a logistic regression on the knobs alone says, fitted to this grid; not
 *     decidable where there was nothing to fit
 * @param agreesWithGrid whether rule and grid name one direction; null if either names none
 * @param agreesWithBaseline whether rule and baseline name one direction; null if either names none
 * @param advice one sentence for each setting, the temperature first
 */
public record Diagnosis(
    String cellId,
    String slice,
    @Nullable Phase phase,
    TemperatureAdvice temperature,
    String reason,
    @Nullable Alternative expected,
    @Nullable Alternative hotter,
    @Nullable Alternative colder,
    @Nullable Alternative load,
    List<Alternative> further,
    TemperatureAdvice grid,
    TemperatureAdvice baseline,
    @Nullable Boolean agreesWithGrid,
    @Nullable Boolean agreesWithBaseline,
    List<String> advice) {

  /** Copies the lists. */
  public Diagnosis {
    further = List.copyOf(further);
    advice = List.copyOf(advice);
  }

  /** Whether two advices agree; null if either is undecided. */
  static @Nullable Boolean agree(TemperatureAdvice one, TemperatureAdvice other) {
    if (one == TemperatureAdvice.NOT_DECIDABLE || other == TemperatureAdvice.NOT_DECIDABLE) {
      return null;
    }
    return one == other;
  }
}
