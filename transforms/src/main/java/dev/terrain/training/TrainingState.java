package dev.terrain.training;

import dev.terrain.surface.GradientDescent;
import java.util.Arrays;

/**
 * Everything that the rest of a training depends on: from it, training goes on to the same bits as
 * if it had never stopped.
 *
 * @param theta parameters
 * @param velocity momentum buffer, as long as θ
 * @param statistics batch-norm statistics
 * @param bestTheta parameters after the epoch with the lowest running training loss; empty before
 *     the first epoch's end
 * @param bestStatistics statistics then
 * @param bestEpoch that epoch, counted from 1; 0 before the first epoch's end
 * @param step steps taken in the current epoch, whose number (from 0) is that of the completed
 *     epochs
 * @param lossSum sum over the images of the current epoch of their batch's mean loss
 * @param hits images of the current epoch classified correctly
 * @param seen images of the current epoch
 * @param totalSteps steps taken in all
 * @param history completed epochs
 */
@SuppressWarnings("ArrayRecordComponent")
public record TrainingState(
    float[] theta,
    float[] velocity,
    float[] statistics,
    float[] bestTheta,
    float[] bestStatistics,
    int bestEpoch,
    int step,
    double lossSum,
    long hits,
    long seen,
    long totalSteps,
    History history) {
  private static final float[] NONE = {};

  static TrainingState initial(float[] theta, float[] statistics) {
    return new TrainingState(
        theta, new float[theta.length], statistics, NONE, NONE, 0, 0, 0, 0, 0, 0, History.empty());
  }

  /** One step further; the vectors stay. */
  TrainingState afterStep(GradientDescent.Step taken, int examples) {
    return new TrainingState(
        theta,
        velocity,
        statistics,
        bestTheta,
        bestStatistics,
        bestEpoch,
        step + 1,
        lossSum + taken.loss() * examples,
        hits + taken.hits(),
        seen + examples,
        totalSteps + 1,
        history);
  }

  /** One epoch further; the vectors stay, but the best ones are those of the descent if it is. */
  TrainingState afterEpoch(GradientDescent descent, double rate) {
    double loss = lossSum / seen;
    History longer = history.plus(loss, 100.0 * hits / seen, rate);
    boolean best = bestEpoch == 0 || loss < history.losses().get(bestEpoch - 1);
    return new TrainingState(
        theta,
        velocity,
        statistics,
        best ? descent.theta() : bestTheta,
        best ? descent.statistics() : bestStatistics,
        best ? longer.epochs() : bestEpoch,
        0,
        0,
        0,
        0,
        totalSteps,
        longer);
  }

  /** The same counts and history with the vectors of a descent. */
  TrainingState at(GradientDescent descent) {
    return new TrainingState(
        descent.theta(),
        descent.velocity(),
        descent.statistics(),
        bestTheta,
        bestStatistics,
        bestEpoch,
        step,
        lossSum,
        hits,
        seen,
        totalSteps,
        history);
  }

  /** Whether every number of the vectors is finite. */
  boolean isFinite() {
    return isFinite(theta)
        && isFinite(velocity)
        && isFinite(statistics)
        && isFinite(bestTheta)
        && isFinite(bestStatistics);
  }

  private static boolean isFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** Whether another state has the same bits. */
  boolean isSame(TrainingState other) {
    return Arrays.equals(theta, other.theta)
        && Arrays.equals(velocity, other.velocity)
        && Arrays.equals(statistics, other.statistics)
        && Arrays.equals(bestTheta, other.bestTheta)
        && Arrays.equals(bestStatistics, other.bestStatistics)
        && bestEpoch == other.bestEpoch
        && step == other.step
        && Double.compare(lossSum, other.lossSum) == 0
        && hits == other.hits
        && totalSteps == other.totalSteps
        && history.equals(other.history);
  }
}
