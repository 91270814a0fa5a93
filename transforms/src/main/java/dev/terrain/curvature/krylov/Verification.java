package dev.terrain.curvature.krylov;

import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.operator.LinearOperator;
import java.util.Arrays;

/**
 * What products with Ritz vectors u_i themselves say, apart from the recurrence that gave them.
 *
 * @param residuals ‖Au_i - θ_i u_i‖
 * @param batchSquares ‖A_b u_i‖² in row i and column b
 */
@SuppressWarnings("ArrayRecordComponent")
record Verification(double[] residuals, double[][] batchSquares) {

  /** Multiplies the vectors in blocks of at most {@code blockSize}. */
  static Verification of(
      LinearOperator operator, double[] values, double[][] vectors, int blockSize) {
    int batches = operator.batchSizes().length;
    double[] residuals = new double[values.length];
    double[][] squares = new double[values.length][batches];
    for (int from = 0; from < values.length; from += blockSize) {
      int first = from;
      double[][] block =
          Arrays.copyOfRange(vectors, from, Math.min(from + blockSize, values.length));
      double[][] products =
          operator.apply(
              block,
              (b, parts) -> {
                for (int j = 0; j < parts.length; j++) {
                  squares[first + j][b] = OrthonormalBasis.dot(parts[j], parts[j]);
                }
              });
      for (int j = 0; j < block.length; j++) {
        OrthonormalBasis.addMultiple(products[j], -values[from + j], block[j]);
        residuals[from + j] = OrthonormalBasis.norm(products[j]);
      }
    }
    return new Verification(residuals, squares);
  }
}
