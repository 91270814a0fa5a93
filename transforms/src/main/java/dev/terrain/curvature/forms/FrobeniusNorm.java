package dev.terrain.curvature.forms;

import java.util.List;

/**
 * The Frobenius norm ‖A‖_F = √(Σ λ_i²) of a self-adjoint operator from samples of random probes:
 * the root of the mean of ‖Av‖² - Σ θ_i²((q_i'v)² - 1) over the probes v, θ_i and q_i the deflated
 * pairs. Its standard error is that of the mean by the delta method: se(‖A‖_F) = se(‖A‖_F²) / (2
 * ‖A‖_F).
 */
public final class FrobeniusNorm {
  private FrobeniusNorm() {}

  /**
   * Estimates the norm.
   *
   * @param deflation the one that took the samples
   * @param samples at least one
   */
  public static ProbeEstimate estimate(Deflation deflation, List<ProbeSample> samples) {
    SampleMean squares =
        SampleMean.of(samples.stream().mapToDouble(deflation::squaredFrobeniusNorm).toArray());
    // Pairs that are far from converged can push the mean of few samples below zero.
    double norm = Math.sqrt(Math.max(squares.value(), 0));
    Double error = squares.standardError();
    if (error != null && error > 0) {
      error = norm > 0 ? (Double) (error / (2 * norm)) : null;
    }
    return new ProbeEstimate(norm, error, samples.size());
  }
}
