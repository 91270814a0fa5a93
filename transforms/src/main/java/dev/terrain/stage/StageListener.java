package dev.terrain.stage;

/**
 * Hears of the progress inside a unit; the transforms count it. What a method throws ends the unit,
 * which is how a unit that nobody waits for any more is given up.
 */
public interface StageListener {
  /** Hears nothing. */
  StageListener SILENT = new StageListener() {};

  /** A training took a step on so many images. */
  default void onTrainingStep(int examples) {}

  /** A training completed an epoch. */
  default void onEpoch() {}

  /** The Hessian was multiplied with a vector. */
  default void onHessianProduct() {}

  /** The fit of a path took the gradient of one batch. */
  default void onPathGradient() {}
}
