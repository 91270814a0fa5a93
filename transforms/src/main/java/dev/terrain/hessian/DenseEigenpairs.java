package dev.terrain.hessian;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;

/**
 * The eigenpairs of a dense symmetric matrix, to an absolute error of a few ε of its norm.
 *
 * @param values ascending
 * @param vectors orthonormal, one a column
 */
@SuppressWarnings("ArrayRecordComponent")
record DenseEigenpairs(double[] values, double[][] vectors) {

  static DenseEigenpairs of(double[][] matrix) {
    // The library's QL iteration ends on off-diagonal entries that are small beside their diagonal
    // neighbours. Where whole rows are rounding errors it never gets there; a shift by twice the
    // norm makes all of the diagonal as large as the norm.
    double shift = 2 * norm(matrix);
    RealMatrix shifted = new Array2DRowRealMatrix(matrix);
    for (int i = 0; i < matrix.length; i++) {
      shifted.addToEntry(i, i, shift);
    }
    EigenDecompositionSymmetric decomposition =
        new EigenDecompositionSymmetric(
            shifted, EigenDecompositionSymmetric.DEFAULT_EPSILON, false);
    double[] values = decomposition.getEigenvalues();
    for (int i = 0; i < values.length; i++) {
      values[i] -= shift;
    }
    return new DenseEigenpairs(values, decomposition.getV().getData());
  }

  /** The largest sum of absolute values of a row, which bounds every eigenvalue. */
  private static double norm(double[][] matrix) {
    double norm = 0;
    for (double[] row : matrix) {
      double sum = 0;
      for (double entry : row) {
        sum += Math.abs(entry);
      }
      norm = Math.max(norm, sum);
    }
    return norm;
  }
}
