package dev.terrain.curvature.linear;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * The factors of Y = QR, Q with orthonormal columns, R upper triangular, for a matrix that grows by
 * columns: what is there does not change. Gram–Schmidt in two passes (Giraud, Langou and Rozložník
 * 2005).
 */
public final class GrowingQr {
  private final List<double[]> basis = new ArrayList<>();
  private final List<double[]> triangle = new ArrayList<>();

  /**
   * Takes the next column in, unless its rest, orthogonal to the columns before, is no longer than
   * {@code shortest}.
   *
   * @param column is not changed
   * @return whether it was taken
   */
  public boolean add(double[] column, double shortest) {
    double[] rest = column.clone();
    double[] coefficients = new double[basis.size() + 1];
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i < basis.size(); i++) {
        double coefficient = OrthonormalBasis.dot(basis.get(i), rest);
        coefficients[i] += coefficient;
        OrthonormalBasis.addMultiple(rest, -coefficient, basis.get(i));
      }
    }
    double norm = OrthonormalBasis.norm(rest);
    if (norm <= shortest) {
      return false;
    }
    coefficients[basis.size()] = norm;
    for (int i = 0; i < rest.length && norm > 0; i++) {
      rest[i] /= norm;
    }
    basis.add(rest);
    triangle.add(coefficients);
    return true;
  }

  public int size() {
    return basis.size();
  }

  /** The columns of Q. */
  public List<double[]> basis() {
    return basis;
  }

  /** R. */
  public RealMatrix triangle() {
    RealMatrix matrix = MatrixUtils.createRealMatrix(size(), size());
    for (int j = 0; j < size(); j++) {
      for (int i = 0; i <= j; i++) {
        matrix.setEntry(i, j, triangle.get(j)[i]);
      }
    }
    return matrix;
  }
}
