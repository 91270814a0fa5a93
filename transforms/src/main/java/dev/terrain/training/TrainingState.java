package dev.terrain.training;

import dev.terrain.surface.GradientDescent;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Everything that the rest of a training depends on: from it, training goes on to the same bits as
 * if it had never stopped.
 *
 * @param arrays the vectors of its {@link GradientDescent}, by name
 * @param sums of the current epoch, whose number (from 0) is that of the completed epochs
 * @param best the weights of the best epoch so far
 * @param totalSteps steps taken in all
 * @param history completed epochs
 */
public record TrainingState(
    Map<String, float[]> arrays,
    EpochSums sums,
    BestWeights best,
    long totalSteps,
    History history) {

  static TrainingState initial(Map<String, float[]> arrays) {
    return new TrainingState(arrays, EpochSums.NONE, BestWeights.NONE, 0, History.empty());
  }

  float[] theta() {
    return Objects.requireNonNull(arrays.get(GradientDescent.THETA));
  }

  float[] statistics() {
    return Objects.requireNonNull(arrays.get(GradientDescent.STATISTICS));
  }

  /** One step further; the arrays stay. */
  TrainingState afterStep(GradientDescent.Step taken, int examples) {
    return new TrainingState(arrays, sums.plus(taken, examples), best, totalSteps + 1, history);
  }

  /** One epoch further; the arrays stay, but the best weights are a member's if it is the best. */
  TrainingState afterEpoch(GradientDescent descent, int member, double rate) {
    double loss = sums.meanLoss();
    History longer = history.plus(loss, sums.accuracy(), rate);
    boolean isBest = best.epoch() == 0 || loss < history.losses().get(best.epoch() - 1);
    BestWeights bestNow =
        isBest
            ? new BestWeights(
                longer.epochs(),
                descent.array(member, GradientDescent.THETA),
                descent.array(member, GradientDescent.STATISTICS))
            : best;
    return new TrainingState(arrays, EpochSums.NONE, bestNow, totalSteps, longer);
  }

  /** The same counts and history with the arrays of a member of a descent. */
  TrainingState at(GradientDescent descent, int member) {
    return new TrainingState(descent.arrays(member), sums, best, totalSteps, history);
  }

  /** Whether every number of the arrays is finite. */
  boolean isFinite() {
    return Stream.concat(arrays.values().stream(), Stream.of(best.theta(), best.statistics()))
        .allMatch(TrainingState::isFinite);
  }

  private static boolean isFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** Whether another state has arrays of the same names and lengths. */
  boolean hasLayoutOf(TrainingState other) {
    return arrays.keySet().equals(other.arrays.keySet())
        && arrays.entrySet().stream()
            .allMatch(
                array ->
                    array.getValue().length
                        == Objects.requireNonNull(other.arrays.get(array.getKey())).length);
  }

  /** Whether another state has the same bits. */
  boolean isSame(TrainingState other) {
    return hasLayoutOf(other)
        && arrays.keySet().stream()
            .allMatch(name -> Arrays.equals(arrays.get(name), other.arrays.get(name)))
        && best.isSame(other.best)
        && sums.equals(other.sums)
        && totalSteps == other.totalSteps
        && history.equals(other.history);
  }
}
