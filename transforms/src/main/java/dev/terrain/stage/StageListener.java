package dev.terrain.stage;

/** Hears of the progress inside a unit; the transforms count it. */
public interface StageListener {
  /** Hears nothing. */
  StageListener SILENT =
      new StageListener() {
        @Override
        public void onTrainingStep(int examples) {}

        @Override
        public void onEpoch() {}
      };

  /** A training took a step on so many images. */
  void onTrainingStep(int examples);

  /** A training completed an epoch. */
  void onEpoch();
}
