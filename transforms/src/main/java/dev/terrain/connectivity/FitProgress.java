package dev.terrain.connectivity;

import java.util.Optional;

/** Where an unfinished fit keeps its state. */
public interface FitProgress {
  /** Keeps nothing. */
  FitProgress NONE =
      new FitProgress() {
        @Override
        public Optional<FitState> load() {
          return Optional.empty();
        }

        @Override
        public void afterEpoch(FitState state) {}
      };

  /** The last state kept; empty if there is none that can be used. */
  Optional<FitState> load();

  /**
   * Hears of the state after each epoch, and keeps it if the one kept before has become old.
   *
   * @param state its arrays are the fit's own and change with the next step
   */
  void afterEpoch(FitState state);
}
