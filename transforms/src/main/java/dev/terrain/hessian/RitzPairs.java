package dev.terrain.hessian;

import org.hipparchus.linear.EigenDecompositionSymmetric;

/**
 * Eigenpairs (θ_i, s_i) of the tridiagonal matrix T = V'AV of a Lanczos run with orthonormal basis
 * V, and the residual norms ‖A V s_i - θ_i V s_i‖ = |β_m s_mi| of the approximations they make.
 *
 * @param values θ_i, ascending
 * @param weights s_1i², the share of the starting vector in each; they sum to 1
 * @param residuals |β_m s_mi|
 * @param topCoefficients s of the largest value
 */
@SuppressWarnings("ArrayRecordComponent")
record RitzPairs(double[] values, double[] weights, double[] residuals, double[] topCoefficients) {

  /**
   * @param diagonal α_1 … α_m
   * @param offDiagonal β_1 … β_(m-1)
   * @param rest β_m
   */
  static RitzPairs of(double[] diagonal, double[] offDiagonal, double rest) {
    int steps = diagonal.length;
    EigenDecompositionSymmetric decomposition =
        new EigenDecompositionSymmetric(
            diagonal, offDiagonal, EigenDecompositionSymmetric.DEFAULT_EPSILON, false);
    double[] values = decomposition.getEigenvalues();
    double[] weights = new double[steps];
    double[] residuals = new double[steps];
    for (int i = 0; i < steps; i++) {
      double first = decomposition.getV().getEntry(0, i);
      weights[i] = first * first;
      residuals[i] = Math.abs(rest * decomposition.getV().getEntry(steps - 1, i));
    }
    return new RitzPairs(values, weights, residuals, decomposition.getV().getColumn(steps - 1));
  }

  double top() {
    return values[values.length - 1];
  }

  double topResidual() {
    return residuals[residuals.length - 1];
  }

  /** max_i |θ_i|. */
  double magnitude() {
    return Math.max(Math.abs(values[0]), Math.abs(top()));
  }
}
