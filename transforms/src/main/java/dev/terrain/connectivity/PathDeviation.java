package dev.terrain.connectivity;

import org.jspecify.annotations.Nullable;

/**
 * By how much a path departs from its ends, at the position where that is largest.
 *
 * @param value the deviation
 * @param dataStandardError its standard error over the training images, the differences taken image
 *     by image and the position t held fixed; null with fewer than two images
 * @param t the position, in [0, 1]
 */
public record PathDeviation(double value, @Nullable Double dataStandardError, double t) {

  /** The deviation whose contributions of the single images have the given values. */
  static PathDeviation at(double t, double value, double[] contributions) {
    int count = contributions.length;
    if (count < 2) {
      return new PathDeviation(value, null, t);
    }
    double mean = 0;
    for (double contribution : contributions) {
      mean += contribution / count;
    }
    double squares = 0;
    for (double contribution : contributions) {
      squares += (contribution - mean) * (contribution - mean);
    }
    return new PathDeviation(value, Math.sqrt(squares / (count - 1.0) / count), t);
  }
}
