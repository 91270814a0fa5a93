package dev.terrain.taxonomy.boundary;

import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;

/**
 * Logistic regression under a Gaussian prior of mean 0, with the Laplace approximation of its
 * posterior (Rasmussen and Williams: Gaussian Processes for Machine Learning, 2006, section 3.4, in
 * weight space): p(positive) = 1 / (1 + exp(−xᵀb)), b ~ N(0, diag(precisions)⁻¹).
 *
 * @param mode b̂, the maximum of the posterior
 * @param factor lower triangle L with LLᵀ = XᵀWX + diag(precisions) at the mode: the inverse of the
 *     approximate covariance
 * @param logEvidence log of the approximate probability of the sides, up to a constant where a
 *     precision is 0
 */
@SuppressWarnings("ArrayRecordComponent")
record LogisticFit(double[] mode, double[][] factor, double logEvidence) {
  private static final int MOST_STEPS = 100;
  private static final double TOLERANCE = 1e-6;

  /**
   * Newton's method with halved steps, from a given start.
   *
   * @param design rows x
   * @param positive side of each row
   * @param precisions of the prior, at least 0
   */
  static LogisticFit of(
      double[][] design, boolean[] positive, double[] precisions, double[] start) {
    double[] mode = start.clone();
    double value = objective(design, positive, precisions, mode);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] change =
          new CholeskyDecomposition(
                  MatrixUtils.createRealMatrix(curvature(design, precisions, mode)), 1e-9, 0)
              .getSolver()
              .solve(MatrixUtils.createRealVector(slope(design, positive, precisions, mode)))
              .toArray();
      double size = 1;
      double[] next = moved(mode, change, size);
      double nextValue = objective(design, positive, precisions, next);
      while (nextValue < value && size > TOLERANCE) {
        size /= 2;
        next = moved(mode, change, size);
        nextValue = objective(design, positive, precisions, next);
      }
      double gain = nextValue - value;
      if (gain > 0) {
        mode = next;
        value = nextValue;
      }
      if (gain < TOLERANCE) {
        break;
      }
    }
    double[][] factor =
        new CholeskyDecomposition(
                MatrixUtils.createRealMatrix(curvature(design, precisions, mode)), 1e-9, 0)
            .getL()
            .getData();
    double logEvidence = value;
    for (int i = 0; i < mode.length; i++) {
      logEvidence -= Math.log(factor[i][i]);
      logEvidence += precisions[i] > 0 ? Math.log(precisions[i]) / 2 : 0;
    }
    return new LogisticFit(mode, factor, logEvidence);
  }

  /** xᵀb. */
  static double product(double[] x, double[] b) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * b[i];
    }
    return sum;
  }

  /** log p of one side at the given log odds. */
  static double logProbability(double logOdds, boolean positive) {
    double a = positive ? logOdds : -logOdds;
    return a > 0 ? -Math.log(1 + Math.exp(-a)) : a - Math.log(1 + Math.exp(a));
  }

  private static double objective(
      double[][] design, boolean[] positive, double[] precisions, double[] b) {
    double sum = 0;
    for (int i = 0; i < design.length; i++) {
      sum += logProbability(product(design[i], b), positive[i]);
    }
    for (int j = 0; j < b.length; j++) {
      sum -= precisions[j] * b[j] * b[j] / 2;
    }
    return sum;
  }

  private static double[] slope(
      double[][] design, boolean[] positive, double[] precisions, double[] b) {
    double[] slope = new double[b.length];
    for (int j = 0; j < b.length; j++) {
      slope[j] = -precisions[j] * b[j];
    }
    for (int i = 0; i < design.length; i++) {
      double rest = (positive[i] ? 1 : 0) - probability(product(design[i], b));
      for (int j = 0; j < b.length; j++) {
        slope[j] += rest * design[i][j];
      }
    }
    return slope;
  }

  private static double[][] curvature(double[][] design, double[] precisions, double[] b) {
    double[][] sum = new double[b.length][b.length];
    for (double[] x : design) {
      double p = probability(product(x, b));
      double weight = p * (1 - p);
      for (int j = 0; j < b.length; j++) {
        double weighted = weight * x[j];
        double[] row = sum[j];
        for (int k = 0; k <= j; k++) {
          row[k] += weighted * x[k];
        }
      }
    }
    for (int j = 0; j < b.length; j++) {
      sum[j][j] += precisions[j];
      for (int k = 0; k < j; k++) {
        sum[k][j] = sum[j][k];
      }
    }
    return sum;
  }

  private static double probability(double logOdds) {
    return 1 / (1 + Math.exp(-logOdds));
  }

  private static double[] moved(double[] from, double[] change, double size) {
    double[] to = from.clone();
    for (int j = 0; j < to.length; j++) {
      to[j] += size * change[j];
    }
    return to;
  }
}
