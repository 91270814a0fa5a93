package dev.terrain.curvature.krylov;

/** Why a Krylov process ended. */
public enum KrylovStop {
  /** All wanted pairs were within the tolerance on two checks in a row. */
  CONVERGED,
  /** The products that are left do not suffice for another block and the verification. */
  BUDGET_SPENT,
  /** The basis spans R^d: every Ritz pair is an eigenpair but for rounding. */
  SPACE_SPANNED
}
