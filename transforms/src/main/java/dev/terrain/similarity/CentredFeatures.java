package dev.terrain.similarity;

/**
 * A representation with the mean of every feature removed and the largest absolute value scaled to
 * 1; linear CKA does not depend on either.
 *
 * <p>Centring comes before any product, since products of features with large means lose the
 * variation between the examples to rounding; and the first row is subtracted before the means are
 * taken, so that constant features become exactly 0.
 *
 * <p>With the features x̃ as they came, each off by {@value #ROUNDINGS} units of rounding u = 2⁻²⁴
 * of single precision (root mean square), the centred X is off by an E with ‖E‖_F ≤ {@value
 * #ROUNDINGS} u ‖X̃‖_F.
 */
final class CentredFeatures {
  /**
   * Units of rounding in an output of a network that computes in single precision, root mean
   * square. Perceptrons show 0.2 to 0.6 of them, whatever share of the output depends on the image.
   */
  private static final int ROUNDINGS = 2;

  private static final double UNIT = 0x1p-24;

  private final int rows;
  private final int columns;
  private final double[] values;
  private final double uncentredNorm;
  private final double norm;
  private final double kernelNorm;

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
    // Exact: whatever is not constant to the last bit has a difference from the first row.
    double scale = largest == 0 ? 1 : largest;
    double uncentred = 0;
    double centred = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] /= scale;
      centred += values[i] * values[i];
      uncentred += representation.values()[i] / scale * (representation.values()[i] / scale);
    }
    uncentredNorm = Math.sqrt(uncentred);
    norm = Math.sqrt(centred);
    kernelNorm = Math.sqrt(crossProduct(this));
  }

  int rows() {
    return rows;
  }

  /** ‖X‖_F / ‖X̃‖_F: how much the features vary over the examples, 0 if not at all. */
  double variation() {
    return uncentredNorm == 0 ? 0 : norm / uncentredNorm;
  }

  /** ‖XX'‖_F. */
  double kernelNorm() {
    return kernelNorm;
  }

  /**
   * By what share of ‖XX'‖_F rounding may have changed the kernel XX' at most: 2η + η² with η =
   * ‖E‖_F / √‖XX'‖_F, since ‖X‖₂² ≤ ‖XX'‖_F.
   *
   * @return infinite for constant features
   */
  double kernelRounding() {
    if (kernelNorm == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double eta = ROUNDINGS * UNIT * uncentredNorm / Math.sqrt(kernelNorm);
    return eta * (2 + eta);
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
