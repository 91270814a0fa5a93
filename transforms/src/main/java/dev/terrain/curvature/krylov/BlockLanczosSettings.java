package dev.terrain.curvature.krylov;

/**
 * What a {@link BlockLanczos} process looks for and what it may spend.
 *
 * @param upper pairs wanted at the upper end of the spectrum, the largest <em>algebraic</em>
 *     eigenvalues, at least 0
 * @param lower pairs wanted at the lower end, at least 0; at least one pair in all
 * @param tolerance residual norm of a wanted pair, as a share of the largest absolute Ritz value
 *     seen, at least 0; below rounding, 10 ε √d, it counts as that
 * @param minProducts products to spend before convergence is believed, unless the whole space is
 *     spanned before; on the first steps a Ritz value can rest on a lower eigenvalue
 * @param maxProducts products to spend at most, those of the verification among them
 * @param maxBasis vectors to hold in the basis at most; with blocks of p vectors at least {@code
 *     upper} + {@code lower} + 2p
 * @param verify whether the residuals of the wanted pairs are measured by products of their own in
 *     the end, one a pair: right for products in float32, whose rounding the recurrence does not
 *     see
 */
public record BlockLanczosSettings(
    int upper,
    int lower,
    double tolerance,
    long minProducts,
    long maxProducts,
    int maxBasis,
    boolean verify) {

  /**
   * @throws IllegalArgumentException if a setting is out of its range
   */
  public BlockLanczosSettings {
    if (upper < 0 || lower < 0 || upper + lower < 1) {
      throw new IllegalArgumentException(
          "upper ("
              + upper
              + ") and lower ("
              + lower
              + ") must be at least 0, and one of them at least 1");
    }
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("tolerance (" + tolerance + ") must be at least 0");
    }
    if (minProducts > maxProducts) {
      throw new IllegalArgumentException(
          "minProducts (" + minProducts + ") must be at most maxProducts (" + maxProducts + ")");
    }
  }

  /** Pairs wanted at both ends. */
  int wanted() {
    return upper + lower;
  }
}
