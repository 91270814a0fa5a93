package dev.terrain.curvature.trace;

import dev.terrain.curvature.linear.GrowingQr;
import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.operator.LinearOperator;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * The range of a self-adjoint operator A as its images of random test vectors show it: AΩ = QR with
 * orthonormal Q and upper triangular R. It grows without computing anything twice.
 *
 * <p>Memory: the vectors of Ω and of Q, two of length d for each test vector.
 */
final class RangeSketch {
  /**
   * A new image is taken to lie in the span of those before if its rest is shorter than this share
   * of the longest: beyond a condition number of 10^12, the inverse of R is noise.
   */
  private static final double DEPENDENT = 1e-12;

  /** Draws test vectors {@code first … first + count - 1}. */
  @FunctionalInterface
  interface Draw {
    double[][] block(int first, int count);
  }

  private final LinearOperator operator;
  private final int blockSize;
  private final Draw draw;
  private final List<double[]> testVectors = new ArrayList<>();
  private final GrowingQr factors = new GrowingQr();
  private double squaredImages;
  private double longestImage;
  private int products;
  private boolean dependent;

  RangeSketch(LinearOperator operator, int blockSize, Draw draw) {
    this.operator = operator;
    this.blockSize = blockSize;
    this.draw = draw;
  }

  /** Takes test vectors in until there are {@code size}, or up to the first dependent image. */
  void grow(int size) {
    while (size() < size && !dependent) {
      double[][] block = draw.block(size(), Math.min(blockSize, size - size()));
      double[][] images = operator.apply(block);
      products += block.length;
      for (int j = 0; j < block.length && !dependent; j++) {
        double norm = OrthonormalBasis.norm(images[j]);
        longestImage = Math.max(longestImage, norm);
        if (factors.add(images[j], DEPENDENT * longestImage)) {
          testVectors.add(block[j]);
          squaredImages += norm * norm;
        } else {
          dependent = true;
        }
      }
    }
  }

  /** Whether Q spans the range of A, so that A = QQ'A to working precision. */
  boolean spansRange() {
    return dependent || size() == operator.dimension();
  }

  /** The dimension d. */
  int dimension() {
    return operator.dimension();
  }

  int size() {
    return factors.size();
  }

  /** Products with A so far. */
  int products() {
    return products;
  }

  /** The columns of Q. */
  List<double[]> basis() {
    return factors.basis();
  }

  double[] testVector(int index) {
    return testVectors.get(index);
  }

  /** ‖A‖_F / √d, from E‖Aω‖² = ‖A‖_F². */
  double rootMeanSquareEigenvalue() {
    return size() == 0 ? 0 : Math.sqrt(squaredImages / size() / operator.dimension());
  }

  /** Q'Ω. */
  RealMatrix overlaps() {
    RealMatrix overlaps = MatrixUtils.createRealMatrix(size(), size());
    for (int i = 0; i < size(); i++) {
      for (int j = 0; j < size(); j++) {
        overlaps.setEntry(i, j, OrthonormalBasis.dot(basis().get(i), testVectors.get(j)));
      }
    }
    return overlaps;
  }

  /** R, which for self-adjoint A is also (AQ)'Ω. */
  RealMatrix triangle() {
    return factors.triangle();
  }

  /**
   * S whose unit column s_i is orthogonal to all columns of R but the i-th: Q(I - s_i s_i')Q' is
   * the projector on the images of all test vectors but the i-th.
   */
  RealMatrix leaveOneOutDirections() {
    RealMatrix triangle = triangle();
    RealMatrix inverse = MatrixUtils.createRealMatrix(size(), size());
    for (int j = 0; j < size(); j++) {
      RealVector unit = new ArrayRealVector(size());
      unit.setEntry(j, 1);
      MatrixUtils.solveUpperTriangularSystem(triangle, unit);
      inverse.setColumnVector(j, unit);
    }
    RealMatrix directions = inverse.transpose();
    for (int i = 0; i < size(); i++) {
      directions.setColumnVector(i, directions.getColumnVector(i).unitVector());
    }
    return directions;
  }
}
