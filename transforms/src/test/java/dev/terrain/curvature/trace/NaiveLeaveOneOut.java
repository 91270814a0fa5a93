package dev.terrain.curvature.trace;

import dev.terrain.random.CounterRandom;
import java.util.Arrays;
import java.util.function.Function;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/** The estimators' definitions, with a dense factorisation for every test vector left out. */
final class NaiveLeaveOneOut {
  private NaiveLeaveOneOut() {}

  /** Gaussian columns brought to norm √d. */
  static RealMatrix sphericalTestVectors(String id, int dimension, int count) {
    RealMatrix omega = MatrixUtils.createRealMatrix(dimension, count);
    for (int j = 0; j < count; j++) {
      CounterRandom random = CounterRandom.of(id, "trace test vector", j);
      for (int i = 0; i < dimension; i++) {
        omega.setEntry(i, j, random.nextGaussian());
      }
      RealVector column = omega.getColumnVector(j);
      omega.setColumnVector(j, column.mapMultiply(Math.sqrt(dimension) / column.getNorm()));
    }
    return omega;
  }

  static RealMatrix rademacherTestVectors(String id, int dimension, int count) {
    RealMatrix omega = MatrixUtils.createRealMatrix(dimension, count);
    for (int j = 0; j < count; j++) {
      omega.setColumn(j, CounterRandom.of(id, "diagonal test vector", j).rademacher(dimension));
    }
    return omega;
  }

  /**
   * The error of the mean of leave-one-out values, which share their vectors: the root of s²/k and
   * of the mean over i ≠ j of (X_i - X_i^(-j)) (X_j - X_j^(-i)), every value by its definition.
   *
   * @param estimator the values for some test vectors
   */
  static double standardError(
      RealMatrix omega, double studentFactor, Function<RealMatrix, double[]> estimator) {
    int k = omega.getColumnDimension();
    double[] values = estimator.apply(omega);
    double[][] without = new double[k][];
    for (int j = 0; j < k; j++) {
      without[j] = estimator.apply(without(omega, j));
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance = 0;
    for (int i = 0; i < k; i++) {
      variance += (values[i] - mean) * (values[i] - mean) / (k - 1) / k;
      for (int j = 0; j < i; j++) {
        double ofFirst = values[i] - without[j][i - 1];
        double ofSecond = values[j] - without[i][j];
        variance += 2 * ofFirst * ofSecond / k / (k - 1);
      }
    }
    return studentFactor * Math.sqrt(variance);
  }

  static double[] xTrace(RealMatrix a, RealMatrix omega) {
    int d = omega.getRowDimension();
    int k = omega.getColumnDimension();
    double[] values = new double[k];
    for (int i = 0; i < k; i++) {
      RealMatrix projector = projector(a.multiply(without(omega, i)));
      RealVector rest = complement(projector).operate(omega.getColumnVector(i));
      double scale = (d - k + 1) / rest.dotProduct(rest);
      values[i] = a.multiply(projector).getTrace() + scale * rest.dotProduct(a.operate(rest));
    }
    return values;
  }

  static double[] xNysTrace(RealMatrix a, RealMatrix omega) {
    int d = omega.getRowDimension();
    int k = omega.getColumnDimension();
    double[] values = new double[k];
    for (int i = 0; i < k; i++) {
      RealMatrix others = without(omega, i);
      RealMatrix images = a.multiply(others);
      RealMatrix form =
          new LUDecomposition(others.transposeMultiply(images)).getSolver().getInverse();
      RealMatrix nystrom = images.multiply(form).multiplyTransposed(images);
      RealVector v = omega.getColumnVector(i);
      RealVector rest = complement(projector(others)).operate(v);
      double scale = (d - k + 1) / rest.dotProduct(rest);
      values[i] = nystrom.getTrace() + scale * v.dotProduct(a.subtract(nystrom).operate(v));
    }
    return values;
  }

  /** One column a test vector left out. */
  static RealMatrix xDiag(RealMatrix a, RealMatrix omega) {
    int d = omega.getRowDimension();
    int k = omega.getColumnDimension();
    RealMatrix values = MatrixUtils.createRealMatrix(d, k);
    for (int i = 0; i < k; i++) {
      RealMatrix projector = projector(a.multiply(without(omega, i)));
      RealMatrix projected = projector.multiply(a);
      RealVector v = omega.getColumnVector(i);
      RealVector rest = complement(projector).multiply(a).operate(v);
      for (int j = 0; j < d; j++) {
        values.setEntry(j, i, projected.getEntry(j, j) + v.getEntry(j) * rest.getEntry(j));
      }
    }
    return values;
  }

  private static RealMatrix without(RealMatrix matrix, int column) {
    RealMatrix rest =
        new Array2DRowRealMatrix(matrix.getRowDimension(), matrix.getColumnDimension() - 1);
    for (int j = 0, to = 0; j < matrix.getColumnDimension(); j++) {
      if (j != column) {
        rest.setColumnVector(to++, matrix.getColumnVector(j));
      }
    }
    return rest;
  }

  private static RealMatrix projector(RealMatrix columns) {
    int k = columns.getColumnDimension();
    RealMatrix q = new QRDecomposition(columns).getQ();
    RealMatrix basis = q.getSubMatrix(0, q.getRowDimension() - 1, 0, k - 1);
    return basis.multiplyTransposed(basis);
  }

  private static RealMatrix complement(RealMatrix projector) {
    return MatrixUtils.createRealIdentityMatrix(projector.getRowDimension()).subtract(projector);
  }
}
