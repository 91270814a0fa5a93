package dev.terrain.plan;

import dev.terrain.stage.training.CheckpointStage;
import dev.terrain.stage.training.TrainStage;
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

  /** Weights that are made anew are verified anew. */
  boolean concerns(String stage) {
    boolean trains = stages.contains(TrainStage.NAME);
    return stages.contains(stage) || (trains && (downstream || stage.equals(CheckpointStage.NAME)));
  }
}
