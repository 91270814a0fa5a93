package dev.terrain.surface;

import dev.terrain.random.CounterRandom;

/**
 * Draws one label for each image from the model's own distribution: which one depends on the image
 * and the draw, not on how the sample is cut into batches.
 *
 * @param matrix whose labels these are
 * @param examples images of the sample
 */
record LabelDraw(CurvatureMatrix matrix, int examples) {
  /** The stream of the image at a position of the sample. */
  CounterRandom random(int position) {
    return CounterRandom.of(
        matrix.labelId(), "fisher label", matrix.draw() * examples + (long) position);
  }
}
