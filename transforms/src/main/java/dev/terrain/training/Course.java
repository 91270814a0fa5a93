package dev.terrain.training;

import dev.terrain.surface.GradientDescent;
import java.util.Arrays;
import java.util.List;

/**
 * What a training has come to, from some state on, while a {@link GradientDescent} takes its steps.
 */
final class Course {
  private final Recipe recipe;
  private TrainingState state;
  private int[][] batches;
  private double lastLoss;

  Course(Recipe recipe, TrainingState from) {
    this.recipe = recipe;
    state = from;
    batches = recipe.batches(epoch());
  }

  /** The current epoch, counted from 0. */
  int epoch() {
    return state.history().epochs();
  }

  /** Steps taken in the current epoch. */
  int position() {
    return state.sums().steps();
  }

  boolean isEpochComplete() {
    return position() >= batches.length;
  }

  /** Images of the batch that comes next. */
  int nextBatch() {
    return batches[position()].length;
  }

  /** How many of the next steps of the epoch have batches of one size. */
  int stepsOfOneSize() {
    int end = position();
    while (end < batches.length && batches[end].length == batches[position()].length) {
      end++;
    }
    return end - position();
  }

  /**
   * The next steps of the epoch.
   *
   * @param count at most {@link #stepsOfOneSize}
   */
  GradientDescent.Stretch stretch(int count) {
    double[] rates = new double[count];
    Arrays.setAll(rates, i -> rate(position() + i));
    return new GradientDescent.Stretch(
        Arrays.copyOfRange(batches, position(), position() + count), rates, state.totalSteps() + 1);
  }

  /**
   * Counts steps that were taken, up to the first one with a loss before it that is not finite: it
   * does not count, and the weights are good for nothing.
   *
   * @return whether all losses were finite
   */
  boolean took(List<GradientDescent.Step> steps) {
    for (GradientDescent.Step step : steps) {
      lastLoss = step.loss();
      if (!Double.isFinite(lastLoss)) {
        return false;
      }
      state = state.afterStep(step, batches[position()].length);
    }
    return true;
  }

  /** Loss of the last batch before its step. */
  double lastLoss() {
    return lastLoss;
  }

  /** Ends an epoch that is complete. */
  void endEpoch(GradientDescent descent, int member) {
    state = state.afterEpoch(descent, member, rate(batches.length - 1));
    if (epoch() < recipe.spec().getEpochs()) {
      batches = recipe.batches(epoch());
    }
  }

  private double rate(int position) {
    return recipe.rate(epoch(), position, batches.length);
  }

  /** Counts and history; its arrays are those of the beginning. */
  TrainingState counts() {
    return state;
  }

  /** A copy of the whole state. */
  TrainingState snapshot(GradientDescent descent, int member) {
    return state.at(descent, member);
  }
}
