package dev.terrain.curvature.operator;

import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.random.CounterRandom;
import dev.terrain.surface.QuadraticSurface;

/** A dense symmetric matrix as an operator, and matrices whose spectrum is known. */
@SuppressWarnings("ArrayRecordComponent")
public record MatrixOperator(double[]... rows) implements LinearOperator {

  public static MatrixOperator diagonal(double... values) {
    double[][] rows = new double[values.length][values.length];
    for (int i = 0; i < values.length; i++) {
      rows[i][i] = values[i];
    }
    return new MatrixOperator(rows);
  }

  /** Q diag(values) Q' with Q = (I - 2uu')(I - 2ww') of two random unit vectors. */
  public static MatrixOperator rotated(double... values) {
    double[][] rows = diagonal(values).rows();
    for (int k = 0; k < 2; k++) {
      double[] u = unit(values.length, k);
      rows = reflect(reflect(rows, u), u);
    }
    return new MatrixOperator(rows);
  }

  /** (I - 2uu') A, transposed. */
  private static double[][] reflect(double[][] a, double[] u) {
    int n = u.length;
    double[][] result = new double[n][n];
    for (int j = 0; j < n; j++) {
      double projection = 0;
      for (int i = 0; i < n; i++) {
        projection += u[i] * a[i][j];
      }
      for (int i = 0; i < n; i++) {
        result[j][i] = a[i][j] - 2 * u[i] * projection;
      }
    }
    return result;
  }

  private static double[] unit(int n, int index) {
    CounterRandom random = CounterRandom.of("test", "reflection", index);
    double[] u = new double[n];
    for (int i = 0; i < n; i++) {
      u[i] = random.nextGaussian();
    }
    double norm = OrthonormalBasis.norm(u);
    for (int i = 0; i < n; i++) {
      u[i] /= norm;
    }
    return u;
  }

  @Override
  public int dimension() {
    return rows.length;
  }

  @Override
  public double[][] multiply(double[][] block, BatchListener listener) {
    double[][] products = new double[block.length][];
    for (int i = 0; i < block.length; i++) {
      products[i] = QuadraticSurface.multiply(rows, block[i]);
    }
    listener.onBatch(0, products);
    return products;
  }
}
