package dev.terrain.taxonomy.boundary;

import java.util.List;
import java.util.Optional;

/**
 * Where the cells of one column or row change sides.
 *
 * @param line index of the column or row
 * @param value its value on the axis that is fixed in it
 * @param changes the changes in ascending order of the other axis; empty if all measured cells are
 *     on one side
 * @param measured how many of its cells were measured
 * @param missing how many were not
 * @param sentence the same in words
 */
public record Bracket(
    int line, double value, List<Change> changes, int measured, int missing, String sentence) {

  /**
   * A pair of neighbouring measured cells on different sides.
   *
   * @param below value of the lower cell on the axis that varies
   * @param above value of the upper cell
   * @param toPositive whether the upper cell is converged, or connected, and the lower is not
   * @param missingBetween how many unmeasured cells lie between them
   */
  public record Change(double below, double above, boolean toPositive, int missingBetween) {}

  /** Copies the changes. */
  public Bracket {
    changes = List.copyOf(changes);
  }

  /** Whether the sides change once at most. */
  public boolean isMonotone() {
    return changes.size() <= 1;
  }

  /** The first change from the negative to the positive side; empty if there is none. */
  public Optional<Change> transition() {
    return changes.stream().filter(Change::toPositive).findFirst();
  }
}
