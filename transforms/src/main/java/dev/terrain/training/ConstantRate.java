package dev.terrain.training;

import dev.terrain.v1.ModelSpec;

/** The initial rate throughout. */
final class ConstantRate implements LearningRateSchedule {
  @Override
  public String name() {
    return "constant";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public double rate(ModelSpec spec, int epoch, int step, int stepsOfEpoch) {
    return spec.getLearningRate();
  }
}
