package dev.terrain.taxonomy.diagnosis;

/**
 * How many cells of a phase should be hotter, as the grid itself shows.
 *
 * @param phase the phase, IV-A and IV-B as one
 * @param hotter its cells that should be hotter
 * @param cells its cells with a direction, at least 1
 */
public record PhaseShare(BroadPhase phase, int hotter, int cells) {
  /** Hotter over all, in 0 … 1. */
  public double share() {
    return hotter / (double) cells;
  }
}
