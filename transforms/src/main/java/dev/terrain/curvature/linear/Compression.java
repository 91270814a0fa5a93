package dev.terrain.curvature.linear;

import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;

/**
 * The compression Q'AQ of a self-adjoint operator A to the span of an orthonormal basis Q, kept
 * while the basis grows and is rotated.
 */
public final class Compression {
  private double[][] entries = new double[0][];

  /**
   * Grows with the basis, from m to m + p vectors.
   *
   * @param products q_i'A q_(m+j) in row i of m + p and column j of p; of the last p rows, which
   *     rounding leaves not quite symmetric, the symmetric part is taken
   */
  public void extend(double[][] products) {
    int size = products.length;
    int before = entries.length;
    double[][] grown = new double[size][];
    for (int i = 0; i < size; i++) {
      grown[i] = i < before ? Arrays.copyOf(entries[i], size) : new double[size];
    }
    for (int j = before; j < size; j++) {
      for (int i = 0; i < size; i++) {
        double entry = products[i][j - before];
        if (i >= before) {
          entry = 0.5 * (entry + products[j][i - before]);
        }
        grown[i][j] = entry;
        grown[j][i] = entry;
      }
    }
    entries = grown;
  }

  /** Follows the basis from Q to QY, to Y'(Q'AQ)Y; Y has a row for each vector of Q. */
  public void rotate(double[][] y) {
    Array2DRowRealMatrix right = new Array2DRowRealMatrix(y, false);
    Array2DRowRealMatrix product = new Array2DRowRealMatrix(entries, false).multiply(right);
    double[][] rotated = right.transposeMultiply(product).getData();
    entries = new double[0][];
    extend(rotated);
  }

  /** The symmetric matrix Q'AQ; not to be changed. */
  public double[][] entries() {
    return entries;
  }
}
