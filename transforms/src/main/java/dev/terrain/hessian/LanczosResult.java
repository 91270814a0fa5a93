package dev.terrain.hessian;

/**
 * What one Lanczos run found out about an operator A on R^d.
 *
 * @param ritzValues approximate eigenvalues θ_i, ascending; one a step
 * @param weights squared first component of each Ritz value's eigenvector of the tridiagonal
 *     matrix: the nodes' weights in the Gauss quadrature of the starting vector's spectral measure;
 *     they sum to 1
 * @param residuals residual norm ‖A u_i - θ_i u_i‖ of each Ritz pair, from the recurrence
 * @param topVector unit Ritz vector u of the largest Ritz value, length d
 * @param steps products with A
 * @param converged whether the largest pair's residual is within the tolerance
 */
@SuppressWarnings("ArrayRecordComponent")
public record LanczosResult(
    double[] ritzValues,
    double[] weights,
    double[] residuals,
    double[] topVector,
    int steps,
    boolean converged) {

  /** The largest Ritz value: the estimate of the largest algebraic eigenvalue. */
  public double topEigenvalue() {
    return ritzValues[ritzValues.length - 1];
  }

  /** The residual norm of the largest Ritz pair: an eigenvalue lies at most that far from it. */
  public double topResidual() {
    return residuals[residuals.length - 1];
  }
}
