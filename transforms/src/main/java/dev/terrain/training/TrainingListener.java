package dev.terrain.training;

/** Hears of a training's progress; what it throws ends the training. */
public interface TrainingListener {
  /** A step was taken on this many images. */
  void onStep(int examples);

  /** An epoch was completed. */
  void onEpoch();
}
