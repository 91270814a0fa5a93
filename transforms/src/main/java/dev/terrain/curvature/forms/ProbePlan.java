package dev.terrain.curvature.forms;

/**
 * How random probes are spent on an estimate of a number t(A): until its standard error is at most
 * {@code relativeError} · max(|t|, s), or as near to it as {@code maxProducts} products lead.
 *
 * <p>The scale s = ‖A‖_F / √d, the root mean square of the eigenvalues, is estimated from the same
 * products. It keeps the target meaningful where t is 0, as the trace of an indefinite operator can
 * be; such an estimate as a rule ends with its budget.
 *
 * @param relativeError standard error to reach, as a share of the larger of |t| and s, above 0
 * @param maxProducts products A v to spend at most, at least 0
 * @param blockSize vectors in one application of the operator at most, at least 1
 */
public record ProbePlan(double relativeError, int maxProducts, int blockSize) {

  /**
   * Checks the arguments.
   *
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public ProbePlan {
    if (!(relativeError > 0) || maxProducts < 0 || blockSize < 1) {
      throw new IllegalArgumentException(
          "relativeError ("
              + relativeError
              + ") must be above 0, maxProducts ("
              + maxProducts
              + ") at least 0 and blockSize ("
              + blockSize
              + ") at least 1");
    }
  }

  /** Refuses a budget that is too small for an estimator to say anything about its own error. */
  public void requireProducts(int least) {
    if (maxProducts < least) {
      throw new IllegalArgumentException(
          "maxProducts (" + maxProducts + ") must be at least " + least);
    }
  }

  /** Whether an error of that size is small enough. */
  public boolean allows(double standardError, double value, double scale) {
    return standardError <= relativeError * Math.max(Math.abs(value), scale);
  }

  /** Why a randomised estimate spent no further product. */
  public enum Stop {
    /** The standard error is as small as the {@link ProbePlan} asks. */
    ERROR_REACHED,

    /** The products that were allowed are spent; the standard error is still larger. */
    BUDGET_SPENT,

    /**
     * The test vectors' images span the range of the operator to working precision: the value is
     * exact up to rounding, and no chance is left in it.
     */
    EXACT
  }
}
