package dev.terrain.curvature.trace;

import dev.terrain.curvature.forms.ProbePlan;
import dev.terrain.curvature.linear.OrthonormalBasis;

/**
 * A randomised estimate of the diagonal of an operator on R^d.
 *
 * @param diagonal the d entries
 * @param rootMeanSquareError root of the mean over the entries of their squared standard errors
 * @param largestError the largest standard error of an entry
 * @param probes independent random vectors behind it
 * @param products products A v spent
 * @param stop why it stopped; the error that counts is the root mean square one, as a share of the
 *     root mean square of the entries
 */
@SuppressWarnings("ArrayRecordComponent")
public record DiagonalEstimate(
    double[] diagonal,
    double rootMeanSquareError,
    double largestError,
    int probes,
    int products,
    ProbePlan.Stop stop) {

  /** Mean and standard error of every entry of sample vectors, which are seen once each. */
  static final class EntrywiseMean {
    private final double[] mean;
    private final double[] squares;
    private int count;

    EntrywiseMean(int dimension) {
      mean = new double[dimension];
      squares = new double[dimension];
    }

    void add(double[] sample) {
      count++;
      for (int i = 0; i < mean.length; i++) {
        double deviation = sample[i] - mean[i];
        mean[i] += deviation / count;
        squares[i] += deviation * (sample[i] - mean[i]);
      }
    }

    /** The mean plus {@code known}, with the errors of the mean; needs two samples. */
    DiagonalEstimate estimate(double[] known, int products, ProbePlan plan) {
      double[] diagonal = known.clone();
      double squaredErrors = 0;
      double largest = 0;
      for (int i = 0; i < mean.length; i++) {
        diagonal[i] += mean[i];
        double squaredError = squares[i] / (count - 1.0) / count;
        squaredErrors += squaredError;
        largest = Math.max(largest, squaredError);
      }
      double size = Math.sqrt(mean.length);
      double error = Math.sqrt(squaredErrors) / size;
      // The entries' own size is the scale: unlike a trace, they do not cancel.
      boolean reached = plan.allows(error, OrthonormalBasis.norm(diagonal) / size, 0);
      ProbePlan.Stop stop = reached ? ProbePlan.Stop.ERROR_REACHED : ProbePlan.Stop.BUDGET_SPENT;
      return new DiagonalEstimate(diagonal, error, Math.sqrt(largest), count, products, stop);
    }
  }
}
