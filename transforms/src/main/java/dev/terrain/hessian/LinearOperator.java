package dev.terrain.hessian;

/** A self-adjoint linear map A on R^d, known only by its products A v. */
public interface LinearOperator {
  /** The dimension d, at least 1. */
  int dimension();

  /**
   * The product A v in a new array.
   *
   * @param v a vector of length d; it is not changed
   */
  double[] apply(double[] v);
}
