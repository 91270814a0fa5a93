package dev.terrain.training;

import dev.terrain.surface.GradientDescent;

/** A training under way, from some state on. */
final class Course implements AutoCloseable {
  private final Recipe recipe;
  private final GradientDescent descent;
  private TrainingState state;
  private int[][] batches;
  private double lastLoss;

  Course(Recipe recipe, TrainingState from) {
    this.recipe = recipe;
    state = from;
    beginEpoch();
    descent = recipe.engine().begin(from.arrays());
  }

  private void beginEpoch() {
    batches = recipe.batches(epoch());
  }

  /** The current epoch, counted from 0. */
  int epoch() {
    return state.history().epochs();
  }

  boolean isEpochComplete() {
    return state.sums().steps() >= batches.length;
  }

  /** Images of the batch that comes next. */
  int nextBatch() {
    return batches[state.sums().steps()].length;
  }

  /**
   * Takes the next step of the epoch. If the loss before it was not finite it does not count, and
   * the weights are good for nothing.
   *
   * @return whether the loss was finite
   */
  boolean step() {
    int position = state.sums().steps();
    int[] batch = batches[position];
    GradientDescent.Step step = descent.step(batch, rate(position), state.totalSteps() + 1);
    lastLoss = step.loss();
    if (!Double.isFinite(lastLoss)) {
      return false;
    }
    state = state.afterStep(step, batch.length);
    return true;
  }

  /** Loss of the last batch before its step. */
  double lastLoss() {
    return lastLoss;
  }

  /** Ends an epoch that is complete. */
  void endEpoch() {
    state = state.afterEpoch(descent, rate(batches.length - 1));
    beginEpoch();
  }

  private double rate(int position) {
    return recipe.rate(epoch(), position, batches.length);
  }

  /** Counts and history; its arrays are those of the beginning. */
  TrainingState counts() {
    return state;
  }

  /** A copy of the whole state. */
  TrainingState snapshot() {
    return state.at(descent);
  }

  @Override
  public void close() {
    descent.close();
  }
}
