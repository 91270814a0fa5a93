package dev.terrain.curvature.linear;

import org.hipparchus.linear.EigenDecompositionSymmetric;

/**
 * Eigenvalues θ_i of the tridiagonal matrix T = V'AV of a Lanczos run with orthonormal basis V, and
 * the share of its starting vector in each.
 *
 * @param values θ_i, ascending
 * @param weights s_1i², s_i the eigenvectors; they sum to 1
 */
@SuppressWarnings("ArrayRecordComponent")
record RitzPairs(double[] values, double[] weights) {

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
