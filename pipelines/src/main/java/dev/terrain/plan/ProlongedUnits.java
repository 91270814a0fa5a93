package dev.terrain.plan;

import dev.terrain.stage.Prolongation;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Units of a stage that take more epochs than their setting says, and as many more.
 *
 * @param stage the stage, whose setting it is
 * @param prolongation by how much
 * @param units how many of them are to be computed
 * @param work their nominal times together, in seconds
 */
public record ProlongedUnits(String stage, Prolongation prolongation, int units, double work) {
  private ProlongedUnits plus(ProlongedUnits other) {
    return new ProlongedUnits(stage, prolongation, units + other.units, work + other.work);
  }

  /** Gathers them, those that are prolonged alike together. */
  static final class Tally {
    private record Kind(String stage, Prolongation prolongation) {}

    private final Map<Kind, ProlongedUnits> units = new HashMap<>();

    /**
     * Takes in a unit that is to be computed.
     *
     * @param nominal its nominal time in seconds
     */
    void add(String stage, Prolongation prolongation, double nominal) {
      units.merge(
          new Kind(stage, prolongation),
          new ProlongedUnits(stage, prolongation, 1, nominal),
          ProlongedUnits::plus);
    }

    /** All, by stage and share of the data, ascending. */
    List<ProlongedUnits> all() {
      return units.values().stream()
          .sorted(
              Comparator.comparing(ProlongedUnits::stage)
                  .thenComparing(prolonged -> prolonged.prolongation().dataFraction())
                  .thenComparing(prolonged -> prolonged.prolongation().setting()))
          .toList();
    }
  }
}
