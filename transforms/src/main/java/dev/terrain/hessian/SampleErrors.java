package dev.terrain.hessian;

import java.util.function.ToDoubleFunction;

/**
 * The errors that the choice of the data sample gives the eigenvalues of A = Σ_b (n_b / n) A_b, by
 * the {@link Jackknife}: for each batch b the eigenvalues of the sample without it, (A - (n_b / n)
 * A_b) n / (n - n_b), in place of its own, matched by their order.
 *
 * <p>They are computed within the span of the m basis vectors Q that the Krylov process ended with,
 * from the compressions Q'A_bQ, which its products give without further cost; no product is spent.
 * What that leaves out: a smaller sample turns eigenvectors out of that space, since the space was
 * grown from A and not from the A_b. To first order in A_b - A an eigenvalue does not feel it, so
 * the standard error of a converged pair is exact to first order; it is the exact jackknife if Q
 * spans R^d. The bias is a second-order effect, Σ_j (u_j'(A_b - A)u)² / (λ - λ_j) summed over
 * eigenvectors u_j within the space alone: for the largest eigenvalue it is never negative and a
 * lower bound of the jackknife's bias in R^d, and the wider the space, the closer to it.
 */
public final class SampleErrors {
  private final double[] values;
  private final double[][] leftOut;
  private final int[] batchSizes;

  /**
   * @param whole Q'AQ
   * @param batches Q'A_bQ; none if the operator is not a mean over a sample
   * @param batchSizes n_b
   */
  SampleErrors(double[][] whole, double[][][] batches, int[] batchSizes) {
    this.batchSizes = batchSizes;
    values = DenseEigenpairs.of(whole).values();
    leftOut = new double[batches.length < 2 ? 0 : batches.length][];
    double examples = 0;
    for (int size : batchSizes) {
      examples += size;
    }
    for (int b = 0; b < leftOut.length; b++) {
      leftOut[b] = DenseEigenpairs.of(without(whole, batches[b], batchSizes[b] / examples)).values();
    }
  }

  private static double[][] without(double[][] whole, double[][] batch, double share) {
    double[][] rest = new double[whole.length][whole.length];
    for (int i = 0; i < rest.length; i++) {
      for (int j = 0; j < rest.length; j++) {
        rest[i][j] = (whole[i][j] - share * batch[i][j]) / (1 - share);
      }
    }
    return rest;
  }

  /**
   * The errors of the largest eigenvalue (rank 0), the second largest (rank 1) and so on.
   *
   * @throws IndexOutOfBoundsException if {@code rank} is not below m
   */
  public Jackknife ofLargest(int rank) {
    return of(spectrum -> spectrum[spectrum.length - 1 - rank]);
  }

  /**
   * The errors of the smallest eigenvalue (rank 0), the second smallest (rank 1) and so on.
   *
   * @throws IndexOutOfBoundsException if {@code rank} is not below m
   */
  public Jackknife ofSmallest(int rank) {
    return of(spectrum -> spectrum[rank]);
  }

  /**
   * The errors of any function of the spectrum.
   *
   * @param function of the m ascending Ritz values, which it must not change
   */
  public Jackknife of(ToDoubleFunction<double[]> function) {
    double[] without = new double[batchSizes.length];
    for (int b = 0; b < leftOut.length; b++) {
      without[b] = function.applyAsDouble(leftOut[b]);
    }
    return Jackknife.of(function.applyAsDouble(values), without, batchSizes);
  }
}
