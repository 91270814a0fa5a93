package dev.terrain.statistics;

import org.jspecify.annotations.Nullable;

/**
 * The standard error of the mean of N samples of which the first n, the pilot, have decided N:
 * k_(n-1) s_n / √N, with the standard deviation s_n of the pilot alone and the {@link
 * CoverageFactor}.
 *
 * <p>Who adds samples until the spread of all of them looks small ends early where it is
 * underestimated, and reports just that: of runs whose true error is near the one that is asked
 * for, two such errors of eight samples or more cover 90 percent. In two stages nothing is picked:
 * the mean of normal samples does not depend on the pilot's spread, from which N follows, so that
 * its distance in units of s_n / √N has Student's distribution with n - 1 degrees of freedom
 * whatever the variance, and two errors cover 95 percent. The pilot's samples count in the mean
 * like all others.
 *
 * <p>Stein: A two-sample test for a linear hypothesis whose power is independent of the variance,
 * Ann. Math. Statist. 16(3), 1945.
 *
 * @param pilot n, at least 1
 * @param samples N, at least n
 */
public record PilotError(int pilot, int samples) {

  /**
   * The error of a mean over all samples, or of a smooth function of such means.
   *
   * @param ofPilot the plain standard error of the same value from the pilot alone
   * @return null if that is null
   */
  public @Nullable Double of(@Nullable Double ofPilot) {
    return ofPilot == null
        ? null
        : (Double) (CoverageFactor.of(pilot - 1) * ofPilot * Math.sqrt(pilot / (double) samples));
  }
}
