package dev.terrain.report;

import java.util.List;

/**
 * Where the cells of an imported grid come from.
 *
 * @param source what was read, and who measured it
 * @param conversions what was done to its columns, one sentence each
 * @param notes what else a reader must know: missing values, mixed splits, what cannot be compared
 * @param loadRises whether load rises with the value of its setting
 * @param temperatureRises whether temperature does
 */
public record Origin(
    String source,
    List<String> conversions,
    List<String> notes,
    boolean loadRises,
    boolean temperatureRises) {
  /** Copies what is given. */
  public Origin {
    conversions = List.copyOf(conversions);
    notes = List.copyOf(notes);
  }

  Directions directions() {
    return new Directions(loadRises, temperatureRises);
  }
}
