package dev.terrain.curvature.forms;

import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.statistics.BatchJackknife;

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

  /**
   * The excess of a probe v in the span of orthonormal vectors y_1 … y_k, as a matrix G in the
   * coordinates of a space that contains them: with c_i = y_i'v, Y = (y_1 … y_k) and Π the mean of
   * y_iy_i' over the middle half of them,
   *
   * <pre>
   *   G = Y (cc' - I) Y' - (‖c‖² - k) Π.
   * </pre>
   *
   * <p>Its expectation is 0 for E vv' = I if the y_i do not depend on v. So for every matrix F that
   * does not depend on v either, v'Fv - ⟨F, G⟩ has the expectation tr F as v'Fv has: the part of F
   * within the span, which adds to the variance, is replaced by its trace. The last term does the
   * same for what F has of a multiple of the identity, whose form ‖v‖² = d a probe of fixed length
   * knows exactly; without it deflation would make the estimate of a flat spectrum worse. The
   * middle of the spectrum stands for that multiple, since outliers would distort it.
   *
   * @param columns y_i in column i, in ascending order of y_i'Ay_i
   * @param probe v, or its projection, in the same coordinates
   */
  public static double[][] excess(double[][] columns, double[] probe) {
    int size = probe.length;
    int count = columns[0].length;
    double[] projection = new double[size];
    double squaredLength = 0;
    for (int i = 0; i < count; i++) {
      double overlap = 0;
      for (int k = 0; k < size; k++) {
        overlap += columns[k][i] * probe[k];
      }
      for (int k = 0; k < size; k++) {
        projection[k] += overlap * columns[k][i];
      }
      squaredLength += overlap * overlap;
    }
    int first = count / 4;
    int end = count - first;
    double[] weights = new double[count];
    for (int i = 0; i < count; i++) {
      boolean middle = i >= first && i < end;
      weights[i] = 1 + (middle ? (squaredLength - count) / (end - first) : 0);
    }
    double[][] excess = new double[size][size];
    for (int k = 0; k < size; k++) {
      for (int l = 0; l <= k; l++) {
        double sum = projection[k] * projection[l];
        for (int i = 0; i < count; i++) {
          sum -= weights[i] * columns[k][i] * columns[l][i];
        }
        excess[k][l] = sum;
        excess[l][k] = sum;
      }
    }
    return excess;
  }
}
