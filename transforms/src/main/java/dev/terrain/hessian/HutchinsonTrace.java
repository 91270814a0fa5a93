package dev.terrain.hessian;

import dev.terrain.random.CounterRandom;

/**
 * The trace tr A = E v'Av of a self-adjoint operator over Rademacher vectors v (Hutchinson 1990),
 * whose variance is 2(‖A‖_F² - Σ a_ii²) a probe.
 *
 * <p>It stops when the standard error is at most {@code relativeError} · |mean|, after {@code
 * minProbes} at least; where the trace is near 0 it ends at {@code maxProbes}, not converged. Probe
 * i is keyed by (id, "trace probe", i), so a longer run extends a shorter one.
 */
public final class HutchinsonTrace {
  private final double relativeError;
  private final int minProbes;
  private final int maxProbes;

  /**
   * @param relativeError standard error to reach, as a share of the absolute mean, above 0
   * @param minProbes probes to spend at least, at least 2
   * @param maxProbes probes to spend at most, at least {@code minProbes}
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public HutchinsonTrace(double relativeError, int minProbes, int maxProbes) {
    if (!(relativeError > 0) || minProbes < 2 || maxProbes < minProbes) {
      throw new IllegalArgumentException(
          "relativeError ("
              + relativeError
              + ") must be above 0, minProbes ("
              + minProbes
              + ") at least 2 and maxProbes ("
              + maxProbes
              + ") at least minProbes");
    }
    this.relativeError = relativeError;
    this.minProbes = minProbes;
    this.maxProbes = maxProbes;
  }

  /**
   * Estimates the trace.
   *
   * @param id keys the probes
   */
  public TraceEstimate estimate(LinearOperator operator, String id) {
    double mean = 0;
    double squares = 0;
    for (int probe = 0; ; probe++) {
      double[] v = CounterRandom.of(id, "trace probe", probe).rademacher(operator.dimension());
      double form = OrthonormalBasis.dot(v, operator.apply(v));
      int count = probe + 1;
      // Welford's update keeps the variance of nearly equal forms free of cancellation.
      double deviation = form - mean;
      mean += deviation / count;
      squares += deviation * (form - mean);
      if (count >= minProbes) {
        double standardError = Math.sqrt(squares / (count - 1.0) / count);
        boolean converged = standardError <= relativeError * Math.abs(mean);
        if (converged || count == maxProbes) {
          return new TraceEstimate(mean, standardError, count, converged);
        }
      }
    }
  }
}
