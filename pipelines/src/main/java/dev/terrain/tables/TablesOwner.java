package dev.terrain.tables;

import java.io.Serializable;

/**
 * Whose rows the tables of a study hold.
 *
 * @param sweep name of the sweep
 * @param plan file of the study that holds the resolved sweep, such as {@code plan.json}; null if
 *     there is none
 * @param inputs fingerprint of all that decides what the tables of the finished sweep hold; null if
 *     it is not known
 * @param run the run that wrote them, by a name that no other has; null if it is not known
 */
public record TablesOwner(String sweep, String plan, String inputs, String run)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** What people read, such as {@code sweep 'digits' (plan.json)}. */
  @Override
  public String toString() {
    return (sweep == null ? "a sweep" : "sweep '" + sweep + "'")
        + (plan == null ? "" : " (" + plan + ")");
  }
}
