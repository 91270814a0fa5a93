package dev.terrain.training;

import java.util.Optional;

/** Where an unfinished training keeps its state. */
public interface ProgressStore {
  /** The last state saved; empty if there is none that can be used. */
  Optional<TrainingState> load();

  /** Replaces the state saved before, atomically. */
  void save(TrainingState state);

  /** Removes the state; no effect if there is none. */
  void discard();
}
