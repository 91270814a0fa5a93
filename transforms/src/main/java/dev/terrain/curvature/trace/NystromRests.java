package dev.terrain.curvature.trace;

import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * The values of {@link XNysTrace} for a test vector ω_i that is left out, alone or with another
 * one, from factors that all of them share.
 *
 * <p>With Ω'Y = CC', N = (CC')⁻¹ and c_i the columns of C⁻¹, N_ij = c_i'c_j. Leaving out a set S of
 * test vectors takes from tr Â the part of its root within the span of the c_i of S, and 1/(rest of
 * c_i orthogonal to the others of S)² is ω_i'(A - Â_S)ω_i. The Gram matrix's factor gives the
 * squared rest of ω_i off the other test vectors in the same way.
 */
final class NystromRests {
  private final int dimension;
  private final double squaredRoot;
  private final RealVector[] inverse;
  private final RealVector[] images;
  private final RealVector[] gram;

  /**
   * @param dimension d
   * @param rootNorm ‖B‖_F of the root B of Â = QBB'Q'
   * @param inverse C⁻¹
   * @param images BC⁻¹
   * @param gram the inverse of the factor of Ω'Ω
   */
  NystromRests(
      int dimension, double rootNorm, RealMatrix inverse, RealMatrix images, RealMatrix gram) {
    this.dimension = dimension;
    squaredRoot = rootNorm * rootNorm;
    this.inverse = columns(inverse);
    this.images = columns(images);
    this.gram = columns(gram);
  }

  private static RealVector[] columns(RealMatrix matrix) {
    RealVector[] columns = new RealVector[matrix.getColumnDimension()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = matrix.getColumnVector(i);
    }
    return columns;
  }

  /** tr Â_i + c_i ω_i'(A - Â_i)ω_i, shift included. */
  double trace(int i) {
    double entry = square(inverse[i]);
    double scale = (dimension - inverse.length + 1.0) * square(gram[i]);
    return squaredRoot - square(images[i]) / entry + scale / entry;
  }

  /** The same with ω_j left out, too; i ≠ j. */
  double trace(int i, int j) {
    double entry = square(inverse[j]);
    double share = inverse[i].dotProduct(inverse[j]) / entry;
    double rest = square(inverse[i].subtract(inverse[j].mapMultiply(share)));
    double image = square(images[i].subtract(images[j].mapMultiply(share)));
    double ofGram = gram[i].dotProduct(gram[j]) / square(gram[j]);
    double squaredScale = square(gram[i].subtract(gram[j].mapMultiply(ofGram)));
    double scale = (dimension - inverse.length + 2.0) * squaredScale;
    return squaredRoot - square(images[j]) / entry - image / rest + scale / rest;
  }

  private static double square(RealVector vector) {
    return vector.dotProduct(vector);
  }
}
