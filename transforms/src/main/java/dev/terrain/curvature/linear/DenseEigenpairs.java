package dev.terrain.curvature.linear;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;

/**
 * The eigenpairs of a dense symmetric matrix, to an absolute error of a few ε of its norm.
 *
 * @param values ascending
 * @param vectors orthonormal, one a column
 */
@SuppressWarnings("ArrayRecordComponent")
public record DenseEigenpairs(double[] values, double[][] vectors) {

  public static DenseEigenpairs of(double[][] matrix) {
    double scale = 0;
    for (double[] row : matrix) {
      for (double entry : row) {
        scale = Math.max(scale, Math.abs(entry));
      }
    }
    // The library reduces to tridiagonal form by reflections, and the norm of a column whose
    // squares underflow would make one that is not orthogonal.
    double negligible = scale * Math.ulp(1.0) * Math.ulp(1.0);
    double[][] scaled = new double[matrix.length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        scaled[i][j] = Math.abs(matrix[i][j]) > negligible ? matrix[i][j] / scale : 0;
      }
    }
    EigenDecompositionSymmetric decomposition =
        new EigenDecompositionSymmetric(
            new Array2DRowRealMatrix(scaled, false),
            EigenDecompositionSymmetric.DEFAULT_EPSILON,
            false);
    double[] values = decomposition.getEigenvalues();
    for (int i = 0; i < values.length; i++) {
      values[i] *= scale;
    }
    return new DenseEigenpairs(values, decomposition.getV().getData());
  }
}
