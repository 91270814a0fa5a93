package dev.terrain.status;

import java.time.Duration;
import java.time.Instant;

/**
 * A training that has a saved state and has not ended.
 *
 * @param modelId the model
 * @param name its settings on the sweep's axes and its seed, as people read them
 * @param epochsDone completed epochs; null if the state does not tell
 * @param epochs epochs in all, unless a stop rule ends it earlier
 * @param saved when the state was saved
 */
public record SavedTraining(
    String modelId, String name, Integer epochsDone, int epochs, Instant saved) {
  /** A running training saves its state every few seconds. */
  private static final Duration STALLED = Duration.ofMinutes(2);

  /** How old the state is. */
  public Duration age(Instant now) {
    Duration age = Duration.between(saved, now);
    return age.isNegative() ? Duration.ZERO : age;
  }

  /** Whether the state is so old that nobody seems to work on it. */
  public boolean isStalled(Instant now) {
    return age(now).compareTo(STALLED) > 0;
  }
}
