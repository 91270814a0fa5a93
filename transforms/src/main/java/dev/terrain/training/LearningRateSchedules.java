package dev.terrain.training;

import dev.terrain.registry.Registry;
import dev.terrain.v1.ModelSpec;
import java.util.List;

/** The schedules of learning rates. */
public final class LearningRateSchedules {
  /** The schedules that sweeps name. */
  public static final Registry<LearningRateSchedule> ALL =
      Registry.of(LearningRateSchedule.class, List.of(new ConstantRate(), new StepwiseRate()));

  private LearningRateSchedules() {}

  /**
   * The schedule of a spec.
   *
   * @throws IllegalArgumentException if there is none of its name
   */
  public static LearningRateSchedule of(ModelSpec spec) {
    return ALL.named(spec.getLearningRateSchedule());
  }
}
