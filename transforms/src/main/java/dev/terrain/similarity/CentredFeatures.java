package dev.terrain.similarity;

/**
 * A representation with the mean of every feature removed and the largest absolute value scaled to
 * 1; linear CKA does not depend on either.
 *
 * <p>Centring comes before any product, since products of features with large means lose the
 * variation between the examples to rounding; and the first row is subtracted before the means are
 * taken, so that constant features become exactly 0.
 */
final class CentredFeatures {
  private final int rows;
  private final int columns;
  private final double[] values;
  private final boolean constant;

  CentredFeatures(Representation representation) {
    rows = representation.rows();
    columns = representation.columns();
    values = new double[rows * columns];
    double largest = 0;
    for (int column = 0; column < columns; column++) {
      double origin = representation.get(0, column);
      double mean = 0;
      for (int row = 0; row < rows; row++) {
        mean += (representation.get(row, column) - origin) / rows;
      }
      for (int row = 0; row < rows; row++) {
        double centred = representation.get(row, column) - origin - mean;
        values[row * columns + column] = centred;
        largest = Math.max(largest, Math.abs(centred));
      }
    }
    constant = largest == 0;
    for (int i = 0; i < values.length && !constant; i++) {
      values[i] /= largest;
    }
  }

  int rows() {
    return rows;
  }

  /** Whether all examples have the same features. */
  boolean constant() {
    return constant;
  }

  /** ‖Y'X‖_F² for this X and the other Y: the sum of squares of all cross-covariances. */
  double crossProduct(CentredFeatures other) {
    double[] products = new double[columns * other.columns];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < columns; i++) {
        double x = values[row * columns + i];
        for (int j = 0; j < other.columns; j++) {
          products[i * other.columns + j] += x * other.values[row * other.columns + j];
        }
      }
    }
    double sum = 0;
    for (double product : products) {
      sum += product * product;
    }
    return sum;
  }

  /** ‖x_r‖² of each row. */
  double[] squaredNorms() {
    double[] norms = new double[rows];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        double x = values[row * columns + column];
        norms[row] += x * x;
      }
    }
    return norms;
  }
}
