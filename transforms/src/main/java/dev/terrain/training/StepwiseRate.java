package dev.terrain.training;

import dev.terrain.v1.ModelSpec;
import java.util.Set;

/** Initial rate · factor^(milestones passed). */
final class StepwiseRate implements LearningRateSchedule {
  @Override
  public String name() {
    return "step";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Set<String> settings() {
    return Set.of("learning_rate_milestones", "learning_rate_factor");
  }

  @Override
  public double rate(ModelSpec spec, int epoch, int step, int stepsOfEpoch) {
    double rate = spec.getLearningRate();
    for (int milestone : spec.getLearningRateMilestones()) {
      if (epoch >= milestone) {
        rate *= spec.getLearningRateFactor();
      }
    }
    return rate;
  }
}
