package dev.terrain.plan;

import dev.terrain.stage.TrainStage;
import java.util.Set;

/**
 * Which stages a run computes anew although the ledger has their units.
 *
 * @param stages names of stages
 * @param downstream whether what builds on a forced training is computed anew as well
 */
public record Forcing(Set<String> stages, boolean downstream) {
  /** Nothing is computed anew. */
  public static final Forcing NONE = new Forcing(Set.of(), false);

  boolean concerns(String stage) {
    return stages.contains(stage) || (downstream && stages.contains(TrainStage.NAME));
  }
}
