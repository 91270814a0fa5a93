package dev.terrain.training;

import dev.terrain.surface.GradientDescent;

/**
 * What the steps of the current epoch have come to.
 *
 * @param steps steps taken
 * @param loss sum over the images of their batch's mean loss before its step, in nats
 * @param hits images classified correctly
 * @param images images seen
 */
public record EpochSums(int steps, double loss, long hits, long images) {
  /** No step yet. */
  static final EpochSums NONE = new EpochSums(0, 0, 0, 0);

  EpochSums plus(GradientDescent.Step step, int examples) {
    return new EpochSums(
        steps + 1, loss + step.loss() * examples, hits + step.hits(), images + examples);
  }

  double meanLoss() {
    return loss / images;
  }

  /** In percent. */
  double accuracy() {
    return 100.0 * hits / images;
  }
}
