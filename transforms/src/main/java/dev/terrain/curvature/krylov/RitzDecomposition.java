package dev.terrain.curvature.krylov;

import dev.terrain.curvature.linear.DenseEigenpairs;
import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.linear.Quadrature;

/**
 * Eigenpairs (θ_i, s_i) of the compression T = Q'AQ of a self-adjoint operator A to a Krylov space
 * with A Q = Q T + X S, X orthonormal and orthogonal to Q, and the residual norms ‖A Q s_i - θ_i Q
 * s_i‖ = ‖S s_i‖ of the approximations they make.
 *
 * @param values θ_i, ascending
 * @param vectors s_i in column i, orthonormal
 * @param residuals ‖S s_i‖
 */
@SuppressWarnings("ArrayRecordComponent")
record RitzDecomposition(double[] values, double[][] vectors, double[] residuals) {

  /**
   * @param compression T, m x m
   * @param coupling S, a row for each vector of X, m columns
   */
  static RitzDecomposition of(double[][] compression, double[][] coupling) {
    DenseEigenpairs pairs = DenseEigenpairs.of(compression);
    double[][] vectors = pairs.vectors();
    double[] residuals = new double[compression.length];
    for (double[] row : coupling) {
      for (int i = 0; i < residuals.length; i++) {
        double component = 0;
        for (int k = 0; k < row.length; k++) {
          component += row[k] * vectors[k][i];
        }
        residuals[i] = Math.hypot(residuals[i], component);
      }
    }
    return new RitzDecomposition(pairs.values(), vectors, residuals);
  }

  int size() {
    return values.length;
  }

  /** max_i |θ_i|. */
  double magnitude() {
    return Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]));
  }

  /** The vectors s_i of the pairs with the given numbers, in columns. */
  double[][] columns(int[] pairs) {
    double[][] columns = new double[size()][pairs.length];
    for (int k = 0; k < size(); k++) {
      for (int j = 0; j < pairs.length; j++) {
        columns[k][j] = vectors[k][pairs[j]];
      }
    }
    return columns;
  }

  /**
   * The quadrature of the spectral measure of a vector of the space.
   *
   * @param coefficients the vector's coefficients in the first vectors of the basis; not all 0
   */
  Quadrature quadrature(double[] coefficients) {
    double squaredNorm = OrthonormalBasis.dot(coefficients, coefficients);
    double[] weights = new double[size()];
    for (int i = 0; i < weights.length; i++) {
      double component = 0;
      for (int k = 0; k < coefficients.length; k++) {
        component += vectors[k][i] * coefficients[k];
      }
      weights[i] = component * component / squaredNorm;
    }
    return new Quadrature(values, weights);
  }
}
