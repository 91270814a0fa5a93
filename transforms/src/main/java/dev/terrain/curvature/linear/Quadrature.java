package dev.terrain.curvature.linear;

import java.util.Arrays;
import org.hipparchus.linear.EigenDecompositionSymmetric;

/**
 * The Gauss quadrature that a Krylov process of m steps from the vector v gives of the spectral
 * measure of v: Σ_i w_i f(θ_i) ≈ v'f(A)v / v'v, exact for polynomials of degree up to 2m − 1.
 *
 * @param nodes Ritz values θ_i, ascending
 * @param weights w_i ≥ 0, which sum to 1
 */
@SuppressWarnings("ArrayRecordComponent")
public record Quadrature(double[] nodes, double[] weights) {
  /**
   * The m-point Gauss rule of this discrete measure: m steps of the Lanczos process on diag(nodes)
   * from the roots of the weights (Gragg and Harrod 1984 solve the same problem by rotations). It
   * shares the measure's moments up to degree 2m - 1 and is the measure itself where m points
   * suffice.
   *
   * @param points m, at least 1
   */
  public Quadrature gaussRule(int points) {
    double[] start = new double[nodes.length];
    double magnitude = 0;
    for (int i = 0; i < nodes.length; i++) {
      start[i] = Math.sqrt(weights[i]);
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

  /**
   * Eigenvalues θ_i of the tridiagonal matrix T = V'AV of a Lanczos run with orthonormal basis V,
   * and the share of its starting vector in each.
   *
   * @param values θ_i, ascending
   * @param weights s_1i², s_i the eigenvectors; they sum to 1
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record RitzPairs(double[] values, double[] weights) {

    /**
     * @param diagonal α_1 … α_m
     * @param offDiagonal β_1 … β_(m-1)
     */
    static RitzPairs of(double[] diagonal, double[] offDiagonal) {
      EigenDecompositionSymmetric decomposition =
          new EigenDecompositionSymmetric(
              diagonal, offDiagonal, EigenDecompositionSymmetric.DEFAULT_EPSILON, false);
      double[] weights = new double[diagonal.length];
      for (int i = 0; i < weights.length; i++) {
        double first = decomposition.getV().getEntry(0, i);
        weights[i] = first * first;
      }
      return new RitzPairs(decomposition.getEigenvalues(), weights);
    }
  }
}
