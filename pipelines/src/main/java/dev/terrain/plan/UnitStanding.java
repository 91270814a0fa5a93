package dev.terrain.plan;

import dev.terrain.v1.Unit;
import java.util.Optional;

/**
 * How a study stands with one unit of a sweep.
 *
 * @param unit the unit
 * @param state how it stands
 * @param detail what changed, failed or is missing; empty if the state says it all
 * @param isResumable whether it goes on from saved progress
 * @param fate what a run does about it
 */
public record UnitStanding(
    Unit unit, UnitState state, Optional<String> detail, boolean isResumable, Fate fate) {
  /** What a run does about a unit. */
  public enum Fate {
    /** Emits what the ledger has. */
    REMEMBER,
    /** Computes it. */
    COMPUTE,
    /** Leaves it, as it was not selected. */
    SKIP,
    /** Reports it as failed without trying it, as it has failed too often. */
    GIVE_UP
  }
}
