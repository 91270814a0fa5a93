package dev.terrain.curvature.density;

import dev.terrain.curvature.linear.Quadrature;
import dev.terrain.curvature.operator.Eigenpair;
import java.util.Arrays;
import java.util.List;

/**
 * What one probe's quadrature says of the spectrum without the deflated outliers: nodes and weights
 * of the rest, scaled to sum 1, and an enclosure of the rest's unknown spectral measure.
 *
 * <p>The enclosure is that of Chebyshev, Markov and Stieltjes: with the nodes x_1 &lt; … &lt; x_m
 * and weights w_j of a Gauss rule, the distribution function Φ has Σ_(j&lt;i) w_j ≤ Φ(x_i-) and
 * Φ(x_i) ≤ Σ_(j≤i) w_j. It needs the rule of m nodes that is exact to degree 2m - 1; a block
 * process of m steps gives more nodes than that, which are brought to m by {@link
 * Quadrature#gaussRule}.
 */
final class ProbeMeasure {
  /** A node nearer than this share of the largest to an outlier is its image, rounding included. */
  private static final double COINCIDENT = 1e-6;

  /** A share of the weight that is rounding. */
  private static final double NOTHING = 1e-12;

  private final Quadrature rest;
  private final double[] enclosingNodes;
  private final double[] partialSums;

  private ProbeMeasure(Quadrature rest, int steps) {
    this.rest = rest;
    Quadrature rule = rest.nodes().length > steps ? rest.gaussRule(steps) : rest;
    enclosingNodes = rule.nodes();
    partialSums = new double[enclosingNodes.length + 1];
    for (int i = 0; i < enclosingNodes.length; i++) {
      partialSums[i + 1] = Math.min(1, partialSums[i] + rule.weights()[i]);
    }
    partialSums[enclosingNodes.length] = 1;
  }

  /**
   * Takes from the quadrature, for each outlier, the nearest node that lies within its residual, if
   * there is one: where a process saw a multiple eigenvalue once, the first of its outliers takes
   * the whole weight. Where no weight would be left, the quadrature stays as it is: the rest of the
   * spectrum then consists of further copies of the outliers.
   *
   * @param steps steps of the process that gave the quadrature
   */
  static ProbeMeasure withoutOutliers(Quadrature quadrature, List<Eigenpair> outliers, int steps) {
    double[] nodes = quadrature.nodes();
    double magnitude = 0;
    for (double node : nodes) {
      magnitude = Math.max(magnitude, Math.abs(node));
    }
    boolean[] taken = new boolean[nodes.length];
    int left = nodes.length;
    for (Eigenpair pair : outliers) {
      int nearest = -1;
      double distance = Math.max(pair.residual(), COINCIDENT * magnitude);
      for (int i = 0; i < nodes.length; i++) {
        if (!taken[i] && Math.abs(nodes[i] - pair.value()) <= distance) {
          nearest = i;
          distance = Math.abs(nodes[i] - pair.value());
        }
      }
      if (nearest >= 0) {
        taken[nearest] = true;
        left--;
      }
    }
    double[] restNodes = new double[left];
    double[] restWeights = new double[left];
    double weight = 0;
    for (int i = 0, j = 0; i < nodes.length; i++) {
      if (!taken[i]) {
        restNodes[j] = nodes[i];
        restWeights[j++] = quadrature.weights()[i];
        weight += quadrature.weights()[i];
      }
    }
    if (weight <= NOTHING) {
      return new ProbeMeasure(quadrature, steps);
    }
    for (int j = 0; j < left; j++) {
      restWeights[j] /= weight;
    }
    return new ProbeMeasure(new Quadrature(restNodes, restWeights), steps);
  }

  Quadrature rest() {
    return rest;
  }

  double[] enclosingNodes() {
    return enclosingNodes;
  }

  /** The share of the rest in (-∞, x]. */
  double share(double x) {
    double[] nodes = rest.nodes();
    if (nodes[nodes.length - 1] <= x) {
      // All of it, whatever rounding makes of the sum.
      return 1;
    }
    double sum = 0;
    for (int i = 0; nodes[i] <= x; i++) {
      sum += rest.weights()[i];
    }
    return sum;
  }

  /** A lower bound of this probe's spectral measure of (-∞, x]. */
  double lowerShare(double x) {
    return partialSums[Math.max(nodesUpTo(x) - 1, 0)];
  }

  /** An upper bound of this probe's spectral measure of (-∞, x]. */
  double upperShare(double x) {
    return partialSums[Math.min(nodesUpTo(x) + 1, enclosingNodes.length)];
  }

  private int nodesUpTo(double x) {
    int place = Arrays.binarySearch(enclosingNodes, x);
    int count = place >= 0 ? place + 1 : -place - 1;
    while (count < enclosingNodes.length && enclosingNodes[count] <= x) {
      count++;
    }
    return count;
  }
}
