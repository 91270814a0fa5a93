package dev.terrain.curvature.trace;

import dev.terrain.curvature.forms.ProbePlan;

/** Why a randomised estimate spent no further product. */
public enum StopReason {
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
