package dev.terrain.training;

import java.util.Arrays;

/**
 * The weights after the epoch with the lowest running training loss.
 *
 * @param epoch that epoch, counted from 1; 0 before the first epoch's end
 * @param theta parameters; empty before the first epoch's end
 * @param statistics batch-norm statistics then
 */
@SuppressWarnings("ArrayRecordComponent")
public record BestWeights(int epoch, float[] theta, float[] statistics) {
  /** None yet. */
  static final BestWeights NONE = new BestWeights(0, new float[0], new float[0]);

  boolean isSame(BestWeights other) {
    return epoch == other.epoch
        && Arrays.equals(theta, other.theta)
        && Arrays.equals(statistics, other.statistics);
  }
}
