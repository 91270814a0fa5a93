package dev.terrain.curvature.forms;

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
 * knows exactly; without it deflation would make the estimate of a flat spectrum worse. The middle
 * of the spectrum stands for that multiple, since outliers would distort it.
 */
public final class SubspaceExcess {
  private SubspaceExcess() {}

  /**
   * The excess G.
   *
   * @param columns y_i in column i, in ascending order of y_i'Ay_i
   * @param probe v, or its projection, in the same coordinates
   * @return G
   */
  public static double[][] of(double[][] columns, double[] probe) {
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
