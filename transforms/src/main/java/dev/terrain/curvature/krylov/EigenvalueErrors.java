package dev.terrain.curvature.krylov;

import dev.terrain.curvature.linear.DenseEigenpairs;
import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.linear.Quadrature;
import dev.terrain.statistics.Jackknife;
import java.util.List;

/**
 * The errors that the choice of the data sample gives the eigenvalues of A = Σ_b (n_b / n) A_b, by
 * the {@link Jackknife}: for each batch b the eigenvalues of the sample without it, A_(-b) = (A -
 * (n_b / n) A_b) n / (n - n_b), in place of its own, matched by their order.
 *
 * <p>They are computed within the span of the m basis vectors Q that the Krylov process ended with,
 * from the compressions Q'A_bQ, which its products give without further cost. What that leaves out:
 * a smaller sample turns eigenvectors out of that space, since the space was grown from A and not
 * from the A_b. To first order in A_b - A an eigenvalue does not feel it, so the standard error of
 * a converged pair is right to first order. The bias is a second-order effect, of which the space
 * shows its own part only: for the largest eigenvalue never negative and a lower bound of the bias
 * in R^d, which can be a small one where the spectrum's bulk is flat. Where Q spans R^d both are
 * the exact jackknife.
 *
 * <p>For a pair (θ, u) that was verified by a product of its own the part outside is added: A_bu
 * leaves the space by g_b = (I - QQ')A_bu, and A_(-b) couples u to it by c_b = n_b / (n - n_b)
 * ‖g_b‖. With the mean δ of the spectrum as the curvature along g_b, since batch b alone chose that
 * direction, the eigenvalue becomes that of [[θ_(-b), c_b], [c_b, δ]] next to θ_(-b), which is
 * second-order perturbation theory, c_b² / (θ_(-b) - δ), and finite where that is not.
 */
public final class EigenvalueErrors {
  private final double[] values;
  private final double[][] leftOut;
  private final double[][] outside;
  private final double mean;
  private final int[] batchSizes;

  /**
   * The errors of the Ritz values of a space.
   *
   * @param ritz its Ritz pairs
   * @param verified numbers of the pairs that a {@link Verification} saw; none without one
   * @param batchSquares ‖A_b u‖² of each of them, a column for each batch
   * @param quadratures of the start vectors, whose means estimate that of the spectrum
   */
  static EigenvalueErrors of(
      KrylovSpace space,
      RitzDecomposition ritz,
      int[] verified,
      double[][] batchSquares,
      List<Quadrature> quadratures) {
    BatchCompressions batches = space.batches();
    double[][][] rests = batches.withoutEach(space.whole());
    int count = rests.length;
    double[][] leftOut = new double[count][];
    double[][] outside = new double[ritz.size()][];
    for (int b = 0; b < count; b++) {
      leftOut[b] = DenseEigenpairs.of(rests[b]).values();
    }
    for (int k = 0; k < verified.length; k++) {
      outside[verified[k]] = new double[count];
      for (int b = 0; b < count; b++) {
        double within = batches.squaredNorm(b, ritz.vectors(), verified[k]);
        outside[verified[k]][b] = Math.max(0, batchSquares[k][b] - within);
      }
    }
    double mean =
        quadratures.stream()
            .mapToDouble(q -> OrthonormalBasis.dot(q.weights(), q.nodes()))
            .average()
            .orElseThrow();
    return new EigenvalueErrors(ritz.values(), leftOut, outside, mean, batches.batchSizes());
  }

  /**
   * @param values all Ritz values, ascending
   * @param leftOut those without batch b in row b; no rows with fewer than two batches
   * @param outside ‖g_b‖² of pair i in row i and column b; null for a pair that was not verified
   * @param mean δ
   * @param batchSizes n_b
   */
  private EigenvalueErrors(
      double[] values, double[][] leftOut, double[][] outside, double mean, int[] batchSizes) {
    this.values = values;
    this.leftOut = leftOut;
    this.outside = outside;
    this.mean = mean;
    this.batchSizes = batchSizes;
  }

  /**
   * The errors of the largest eigenvalue (rank 0), the second largest (rank 1) and so on.
   *
   * @throws IndexOutOfBoundsException if {@code rank} is not below m
   */
  public Jackknife ofLargest(int rank) {
    return ofPair(values.length - 1 - rank);
  }

  /**
   * The errors of the smallest eigenvalue (rank 0), the second smallest (rank 1) and so on.
   *
   * @throws IndexOutOfBoundsException if {@code rank} is not below m
   */
  public Jackknife ofSmallest(int rank) {
    return ofPair(rank);
  }

  private Jackknife ofPair(int pair) {
    double examples = 0;
    for (int size : batchSizes) {
      examples += size;
    }
    double[] without = new double[batchSizes.length];
    for (int b = 0; b < leftOut.length; b++) {
      without[b] = leftOut[b][pair];
      if (outside[pair] != null) {
        double half = 0.5 * (without[b] - mean);
        double coupling = batchSizes[b] / (examples - batchSizes[b]) * Math.sqrt(outside[pair][b]);
        without[b] += Math.copySign(Math.hypot(half, coupling) - Math.abs(half), half);
      }
    }
    return Jackknife.of(values[pair], without, batchSizes);
  }
}
