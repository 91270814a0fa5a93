package dev.terrain.curvature.operator;

import dev.terrain.curvature.linear.Quadrature;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * The Krylov space of a dense matrix and a block of starts by definition: orthonormalise the starts
 * and their images again and again, compress the matrix to the span, decompose that.
 */
public final class NaiveKrylov {
  private final RealMatrix basis;
  private final EigenDecompositionSymmetric decomposition;
  private final RealMatrix matrix;

  public NaiveKrylov(double[][] rows, double[][] starts, int steps) {
    matrix = MatrixUtils.createRealMatrix(rows);
    List<RealVector> columns = new ArrayList<>();
    for (double[] start : starts) {
      addRest(columns, MatrixUtils.createRealVector(start));
    }
    for (int next = 0; next < (steps - 1) * starts.length; next++) {
      addRest(columns, matrix.operate(columns.get(next)));
    }
    basis = MatrixUtils.createRealMatrix(rows.length, columns.size());
    for (int j = 0; j < columns.size(); j++) {
      basis.setColumnVector(j, columns.get(j));
    }
    RealMatrix compressed = basis.transposeMultiply(matrix.multiply(basis));
    compressed = compressed.add(compressed.transpose()).scalarMultiply(0.5);
    decomposition =
        new EigenDecompositionSymmetric(
            compressed, EigenDecompositionSymmetric.DEFAULT_EPSILON, false);
  }

  private static void addRest(List<RealVector> columns, RealVector vector) {
    RealVector rest = vector;
    for (int pass = 0; pass < 2; pass++) {
      for (RealVector column : columns) {
        rest = rest.subtract(column.mapMultiply(column.dotProduct(rest)));
      }
    }
    columns.add(rest.unitVector());
  }

  public Quadrature quadrature(double[] start) {
    double[] values = decomposition.getEigenvalues();
    RealVector inBasis =
        basis.transpose().operate(MatrixUtils.createRealVector(start).unitVector());
    double[] weights = new double[values.length];
    for (int i = 0; i < weights.length; i++) {
      double first = decomposition.getEigenvector(i).dotProduct(inBasis);
      weights[i] = first * first;
    }
    return new Quadrature(values, weights);
  }

  /** The Ritz pairs, ascending, with their true residuals. */
  public List<Eigenpair> pairs(double tolerance) {
    List<Eigenpair> pairs = new ArrayList<>();
    for (int i = 0; i < basis.getColumnDimension(); i++) {
      double value = decomposition.getEigenvalues()[i];
      RealVector vector = basis.operate(decomposition.getEigenvector(i));
      double residual = matrix.operate(vector).subtract(vector.mapMultiply(value)).getNorm();
      pairs.add(new Eigenpair(value, vector.toArray(), residual, residual <= tolerance));
    }
    return pairs;
  }
}
