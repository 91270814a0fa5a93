package dev.terrain.statistics;

import org.jspecify.annotations.Nullable;

/**
 * The mean of k leave-one-out values X_i of an exchangeable estimator: X_i tests vector i on what
 * all others have built, and is unbiased given the others.
 *
 * <p>The values share all but one of their vectors and are correlated, so that their spread shows
 * too small an error. With the change D_ij = X_i - X_i^(-j) that vector j makes in value i, the
 * covariance of two values is E D_ij D_ji: X_i^(-j) does not depend on vector j, given which and
 * all others but i it has the same expectation as X_i. So
 *
 * <pre>
 *   s²/k + Σ_(i≠j) D_ij D_ji / (k (k - 1))
 * </pre>
 *
 * <p>with the sample variance s² of the X_i is an unbiased estimate of the mean's variance; the
 * second term counts where it is positive. Its root is widened by the {@link CoverageFactor} of k -
 * 1 degrees of freedom.
 *
 * @param values X_i, at least one
 * @param changes D_ij in row i and column j; the diagonal is not read
 */
@SuppressWarnings("ArrayRecordComponent")
public record ExchangeableMean(double[] values, double[][] changes) {

  /** The mean of the values. */
  public double value() {
    return SampleMean.of(values).value();
  }

  /** Its standard error; null with fewer than {@value SampleMean#MIN_SAMPLES} values. */
  public @Nullable Double standardError() {
    Double spread = SampleMean.of(values).standardError();
    if (spread == null) {
      return null;
    }
    int count = values.length;
    double covariance = 0;
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < i; j++) {
        covariance += 2 * changes[i][j] * changes[j][i] / count / (count - 1.0);
      }
    }
    return CoverageFactor.of(count - 1) * Math.sqrt(spread * spread + Math.max(covariance, 0));
  }

  /**
   * The mean of values, and of what they would be without one more vector.
   *
   * @param values X_i
   * @param without X_i^(-j)
   */
  public static ExchangeableMean of(double[] values, PairwiseValue without) {
    double[][] changes = new double[values.length][values.length];
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values.length; j++) {
        changes[i][j] = i == j ? 0 : values[i] - without.of(i, j);
      }
    }
    return new ExchangeableMean(values, changes);
  }

  /** X_i^(-j), the value of vector i with vector j left out as well. */
  @FunctionalInterface
  public interface PairwiseValue {
    double of(int i, int j);
  }
}
