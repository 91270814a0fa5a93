package dev.terrain.statistics;

import org.hipparchus.special.Beta;
import org.hipparchus.special.Erf;
import org.jspecify.annotations.Nullable;

/**
 * What makes two standard errors mean the same for few samples as for many: the factor k with which
 * ±2k·s covers the mean of normal samples in 95.45 of 100 cases, as ±2σ does, where s was estimated
 * with ν degrees of freedom. By Student's distribution k = t_ν(Φ(2))/2: 1.21 for ν = 7, 1.02 for ν
 * = 60.
 *
 * <p>Whoever reads a standard error takes two of them for 95 percent, and has no use for the number
 * of samples behind it; so the error itself is widened.
 */
public final class CoverageFactor {
  private static final double TAILS = 1 - Erf.erf(Math.sqrt(2));
  private static final int BISECTIONS = 60;

  private CoverageFactor() {}

  /**
   * The factor k.
   *
   * @param degreesOfFreedom ν, at least 1
   */
  public static double of(int degreesOfFreedom) {
    double lower = 2;
    double upper = 14;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (lower + upper) / 2;
      if (tails(middle, degreesOfFreedom) > TAILS) {
        lower = middle;
      } else {
        upper = middle;
      }
    }
    return lower / 2;
  }

  /**
   * A standard error by a jackknife over batches, widened.
   *
   * @param jackknife the plain error; null if there is none
   * @param batches B, of which it has B - 1 degrees of freedom
   */
  public static @Nullable Double widened(@Nullable Double jackknife, int batches) {
    return jackknife == null ? null : (Double) (of(batches - 1) * jackknife);
  }

  /** The probability of |T| > t for Student's T with ν degrees of freedom. */
  private static double tails(double t, double degreesOfFreedom) {
    double share = degreesOfFreedom / (degreesOfFreedom + t * t);
    return Beta.regularizedBeta(share, degreesOfFreedom / 2, 0.5);
  }
}
