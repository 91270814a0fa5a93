package dev.terrain.taxonomy.boundary;

import java.util.Arrays;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * Functions of the position on one axis: the constant 1, a linear one, and those in which a
 * Gaussian process with covariance k(d) = exp(−d²/2ℓ²) over the n whole positions is a sum with
 * independent standard normal coefficients: φ_j(x) = Σ_g k(x − g) u_gj / √λ_j for the eigenvectors
 * u_j and eigenvalues λ_j of k on the whole positions, largest first (Nyström's extension).
 */
final class AxisBasis {
  /** Functions before the eigenfunctions. */
  static final int TREND = 2;

  private static final double SMALLEST_EIGENVALUE = 1e-6;

  private final int size;
  private final double length;
  private final double reach;
  private final double[] eigenvalues;
  private final double[][] vectors;

  /**
   * @param size n, at least 1
   * @param length ℓ in grid steps
   * @param reach half the extent of the longer axis in grid steps: unit of the linear function
   */
  AxisBasis(int size, double length, double reach) {
    this.size = size;
    this.length = length;
    this.reach = reach;
    RealMatrix kernel = MatrixUtils.createRealMatrix(size, size);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        kernel.setEntry(i, j, covariance(i - j));
      }
    }
    EigenDecompositionSymmetric eigen = new EigenDecompositionSymmetric(kernel);
    double[] all = eigen.getEigenvalues();
    int count = (int) Arrays.stream(all).filter(v -> v > SMALLEST_EIGENVALUE * all[0]).count();
    this.eigenvalues = Arrays.copyOf(all, count);
    this.vectors = new double[count][];
    for (int j = 0; j < count; j++) {
      vectors[j] = eigen.getEigenvector(j).mapDivide(Math.sqrt(all[j])).toArray();
    }
  }

  /** Eigenvalues in descending order. */
  double[] eigenvalues() {
    return eigenvalues.clone();
  }

  /** All functions at a position, the two of the trend first. */
  double[] at(double position) {
    double[] values = new double[TREND + vectors.length];
    values[0] = 1;
    values[1] = (position - (size - 1) / 2.0) / reach;
    for (int g = 0; g < size; g++) {
      double covariance = covariance(position - g);
      for (int j = 0; j < vectors.length; j++) {
        values[TREND + j] += covariance * vectors[j][g];
      }
    }
    return values;
  }

  private double covariance(double distance) {
    double scaled = distance / length;
    return Math.exp(-scaled * scaled / 2);
  }
}
