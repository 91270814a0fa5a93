package dev.terrain.connectivity;

import dev.terrain.surface.Evaluation;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * Evaluates networks along a path. At every point, the ends included, the batch-norm statistics are
 * re-estimated on the training sample first, else a barrier between the ends can be an artefact of
 * their statistics alone (the study's way).
 */
final class PathEvaluator {
  private final LossSurface train;
  private final LossSurface test;

  PathEvaluator(LossSurface train, LossSurface test) {
    this.train = train;
    this.test = test;
  }

  /**
   * Evaluates one point.
   *
   * @throws ArithmeticException if a mean loss is not finite
   */
  PathPoint evaluate(double[] theta) {
    Weights weights = new Weights(theta, train.estimateStatistics(theta));
    return new PathPoint(
        finite(train.evaluate(weights), "training"), finite(test.evaluate(weights), "test"));
  }

  /**
   * Evaluates a path at evenly spaced positions.
   *
   * @param count how many, the ends included
   * @param start evaluation at t = 0
   * @param end evaluation at t = 1
   */
  PathEvaluation along(ParameterPath path, int count, PathPoint start, PathPoint end) {
    double[] positions = new double[count];
    double[] lengths = new double[count - 1];
    List<PathPoint> points = new ArrayList<>(count);
    points.add(start);
    double[] before = path.at(0);
    for (int i = 1; i < count; i++) {
      positions[i] = i / (count - 1.0);
      double[] theta = path.at(positions[i]);
      lengths[i - 1] = distance(before, theta);
      points.add(i == count - 1 ? end : evaluate(theta));
      before = theta;
    }
    return new PathEvaluation(positions, points, lengths);
  }

  private static Evaluation finite(Evaluation evaluation, String which) {
    double loss = evaluation.loss();
    if (!Double.isFinite(loss)) {
      throw new ArithmeticException(
          "the mean " + which + " loss at a point of the path is " + loss + "; it must be finite");
    }
    return evaluation;
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }
}
