package dev.terrain.curvature.forms;

import dev.terrain.curvature.linear.OrthonormalBasis;

/**
 * The compressions to a Krylov space with basis Q of the matrices whose forms {@link ProbeForms}
 * holds: T = Q'AQ, Q'A²Q, T_b = Q'A_bQ, TT_b and Σ_b γ_b (T_b - T)².
 *
 * @param whole T
 * @param square Q'A²Q
 * @param batches T_b
 * @param spread Σ_b γ_b (T_b - T)²
 */
@SuppressWarnings("ArrayRecordComponent")
public record SpaceForms(
    double[][] whole, double[][] square, double[][][] batches, double[][] spread) {

  /**
   * The compressions from those of A and of the batches.
   *
   * @param coupling S of A Q = Q T + X S, with which Q'A²Q = T² + S'S
   */
  public static SpaceForms of(
      double[][] whole, double[][] coupling, double[][][] batches, int[] batchSizes) {
    int size = whole.length;
    double[][] square = new double[size][size];
    addSquare(square, 1, whole);
    addSquare(square, 1, coupling);
    double[][] spread = new double[size][size];
    double[] weights = BatchJackknife.biasWeights(batchSizes);
    for (int b = 0; b < batches.length; b++) {
      double[][] deviation = new double[size][];
      for (int i = 0; i < size; i++) {
        deviation[i] = batches[b][i].clone();
        OrthonormalBasis.addMultiple(deviation[i], -1, whole[i]);
      }
      addSquare(spread, weights[b], deviation);
    }
    return new SpaceForms(whole, square, batches, spread);
  }

  /** Adds factor · M'M. */
  private static void addSquare(double[][] sum, double factor, double[][] matrix) {
    for (double[] row : matrix) {
      for (int i = 0; i < sum.length; i++) {
        OrthonormalBasis.addMultiple(sum[i], factor * row[i], row);
      }
    }
  }

  /**
   * The inner products ⟨F, M⟩ = tr FM of all of these matrices F with a symmetric M: the forms of a
   * vector Qc of the space for M = cc', exactly if AQc lies in the space, too.
   */
  public ProbeForms of(double[][] m) {
    double[][] image = new double[m.length][m.length];
    for (int i = 0; i < m.length; i++) {
      for (int k = 0; k < m.length; k++) {
        OrthonormalBasis.addMultiple(image[i], whole[i][k], m[k]);
      }
    }
    double[] forms = new double[batches.length];
    double[] images = new double[batches.length];
    for (int b = 0; b < batches.length; b++) {
      forms[b] = inner(batches[b], m);
      images[b] = inner(batches[b], image);
    }
    return new ProbeForms(inner(whole, m), inner(square, m), forms, images, inner(spread, m));
  }

  private static double inner(double[][] a, double[][] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += OrthonormalBasis.dot(a[i], b[i]);
    }
    return sum;
  }
}
