package dev.terrain.taxonomy.neighbour;

import java.util.List;

/**
 * What the neighbour check found.
 *
 * @param suspicious cells that depart too far, the farthest of each diagram first
 * @param cells cells of the grid
 * @param compared cells that could be compared in at least one metric
 * @param factor the factor that a departure had to exceed
 * @param undecided what could not be compared and why, one sentence a metric and diagram
 */
public record NeighbourReport(
    List<SuspiciousCell> suspicious,
    int cells,
    int compared,
    double factor,
    List<String> undecided) {

  /** Copies the lists. */
  public NeighbourReport {
    suspicious = List.copyOf(suspicious);
    undecided = List.copyOf(undecided);
  }
}
