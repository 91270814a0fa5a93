package dev.terrain.training;

import dev.terrain.registry.Extension;
import dev.terrain.v1.ModelSpec;

/**
 * The learning rate as a function of the place in a training. To add one, list it in {@link
 * LearningRateSchedules}.
 */
public interface LearningRateSchedule extends Extension {
  @Override
  default String kind() {
    return "learning_rate_schedule";
  }

  /**
   * The learning rate of a step. The history of a training records that of each epoch's last step.
   *
   * @param epoch counted from 0
   * @param step of the epoch, counted from 0
   * @param stepsOfEpoch steps that each epoch has
   */
  double rate(ModelSpec spec, int epoch, int step, int stepsOfEpoch);
}
