package dev.terrain.taxonomy.neighbour;

import java.util.List;

/**
 * A cell that departs from its neighbours as a faulty one does: worth a look at its records, or a
 * repetition.
 *
 * @param cellId the cell
 * @param slice values of the further axes; empty if there are none
 * @param departures its departures in all metrics that were compared, the largest factor first
 * @param why the metrics that exceed the factor, in words
 */
public record SuspiciousCell(String cellId, String slice, List<Departure> departures, String why) {

  /** Copies the departures. */
  public SuspiciousCell {
    departures = List.copyOf(departures);
  }
}
