package dev.terrain.connectivity;

import java.util.function.LongUnaryOperator;

/**
 * The training error along a path over the mean error of its ends, E(t) - ½(E(0) + E(1)), counted
 * in half images: whole numbers make equal deviations equal.
 */
final class ErrorExcess {
  private final PathEvaluation path;

  ErrorExcess(PathEvaluation path) {
    this.path = path;
  }

  /** Index of the first point where {@code rank} of the excess is largest. */
  int argmax(LongUnaryOperator rank) {
    int best = 0;
    for (int i = 1; i < path.points().size(); i++) {
      if (rank.applyAsLong(halfImages(i)) > rank.applyAsLong(halfImages(best))) {
        best = i;
      }
    }
    return best;
  }

  /**
   * The excess at a point, in percent of the images.
   *
   * @param sign 1, or -1 for the negative excess
   */
  PathDeviation at(int index, int sign) {
    int images = path.first().train().correct().length;
    double[] contributions = new double[images];
    for (int image = 0; image < images; image++) {
      contributions[image] = sign * 100 * halfImages(index, image) / 2.0;
    }
    // Adding 0.0 turns a negative zero into zero.
    double value = sign * 100.0 * halfImages(index) / (2.0 * images) + 0.0;
    return PathDeviation.at(path.positions()[index], value, contributions);
  }

  private long halfImages(int index) {
    long sum = 0;
    for (int image = 0; image < path.first().train().correct().length; image++) {
      sum += halfImages(index, image);
    }
    return sum;
  }

  private int halfImages(int index, int image) {
    return 2 * wrong(path.points().get(index), image)
        - wrong(path.first(), image)
        - wrong(path.last(), image);
  }

  private static int wrong(PathPoint point, int image) {
    return point.train().correct()[image] ? 0 : 1;
  }
}
