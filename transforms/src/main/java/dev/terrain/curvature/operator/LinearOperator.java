package dev.terrain.curvature.operator;

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

  /**
   * The products A v of a block of vectors, each in a new array; one by one unless the operator
   * knows a cheaper way.
   *
   * @param block vectors of length d; they are not changed
   */
  default double[][] apply(double[][] block) {
    double[][] products = new double[block.length][];
    for (int i = 0; i < block.length; i++) {
      products[i] = apply(block[i]);
    }
    return products;
  }
}
