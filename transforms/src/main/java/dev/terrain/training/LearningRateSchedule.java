package dev.terrain.training;

import dev.terrain.v1.ModelSpec;
import java.util.List;

/** The learning rate of an epoch: initial rate · factor^(milestones passed). */
final class LearningRateSchedule {
  private final double initialRate;
  private final double factor;
  private final List<Integer> milestones;

  private LearningRateSchedule(double initialRate, double factor, List<Integer> milestones) {
    this.initialRate = initialRate;
    this.factor = factor;
    this.milestones = milestones;
  }

  static LearningRateSchedule of(ModelSpec spec) {
    List<Integer> milestones =
        spec.getLearningRateSchedule().equals("step")
            ? spec.getLearningRateMilestones()
            : List.of();
    return new LearningRateSchedule(
        spec.getLearningRate(), spec.getLearningRateFactor(), milestones);
  }

  /**
   * @param epoch counted from 0
   */
  double rate(int epoch) {
    double rate = initialRate;
    for (int milestone : milestones) {
      if (epoch >= milestone) {
        rate *= factor;
      }
    }
    return rate;
  }
}
