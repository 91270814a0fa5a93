package dev.terrain.connectivity;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Loss and error along a path.
 *
 * @param positions t of each point, evenly spaced and ascending from 0 to 1
 * @param points the evaluation at each t
 * @param segmentLengths Euclidean distance in parameter space from each point to the next; one
 *     fewer than points
 */
@SuppressWarnings("ArrayRecordComponent")
public record PathEvaluation(double[] positions, List<PathPoint> points, double[] segmentLengths) {

  /** Mean training loss at each t, in nats. */
  public double[] trainLosses() {
    return each(point -> point.train().loss());
  }

  /** Training error at each t, in percent. */
  public double[] trainErrors() {
    return each(point -> point.train().error());
  }

  /** Mean test loss at each t, in nats. */
  public double[] testLosses() {
    return each(point -> point.test().loss());
  }

  /** Test error at each t, in percent. */
  public double[] testErrors() {
    return each(point -> point.test().error());
  }

  PathPoint first() {
    return points.get(0);
  }

  PathPoint last() {
    return points.get(points.size() - 1);
  }

  private double[] each(ToDoubleFunction<PathPoint> value) {
    return points.stream().mapToDouble(value).toArray();
  }
}
