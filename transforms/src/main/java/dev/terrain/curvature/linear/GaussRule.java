package dev.terrain.curvature.linear;

import java.util.Arrays;

/**
 * The m-point Gauss rule of a discrete measure: m steps of the Lanczos process on diag(nodes) from
 * the roots of the weights (Gragg and Harrod 1984 solve the same problem by rotations). It shares
 * the measure's moments up to degree 2m - 1 and is the measure itself where m points suffice.
 */
public final class GaussRule {
  private GaussRule() {}

  /**
   * The rule of a measure.
   *
   * @param measure nodes and weights; the weights sum to 1
   * @param points m, at least 1
   */
  public static Quadrature of(Quadrature measure, int points) {
    double[] nodes = measure.nodes();
    double[] start = new double[nodes.length];
    double magnitude = 0;
    for (int i = 0; i < nodes.length; i++) {
      start[i] = Math.sqrt(measure.weights()[i]);
      magnitude = Math.max(magnitude, Math.abs(nodes[i]));
    }
    OrthonormalBasis basis = new OrthonormalBasis();
    basis.add(start, OrthonormalBasis.norm(start));
    int limit = Math.min(points, nodes.length);
    double[] diagonal = new double[limit];
    double[] offDiagonal = new double[limit];
    int step = 0;
    while (true) {
      double[] last = basis.last();
      double[] rest = new double[nodes.length];
      for (int i = 0; i < nodes.length; i++) {
        rest[i] = nodes[i] * last[i];
      }
      diagonal[step] = OrthonormalBasis.dot(last, rest);
      basis.orthogonalise(rest);
      double beta = OrthonormalBasis.norm(rest);
      offDiagonal[step] = beta;
      step++;
      if (step == limit || beta <= 10 * Math.ulp(1.0) * Math.sqrt(nodes.length) * magnitude) {
        break;
      }
      basis.add(rest, beta);
    }
    RitzPairs pairs =
        RitzPairs.of(Arrays.copyOf(diagonal, step), Arrays.copyOf(offDiagonal, step - 1));
    return new Quadrature(pairs.values(), pairs.weights());
  }
}
