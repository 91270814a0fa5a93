package dev.terrain.statistics;

import org.jspecify.annotations.Nullable;

/**
 * The mean of independent samples of one number, and its standard error √(Σ (x_i - x̄)² / (m (m -
 * 1))).
 *
 * @param value x̄
 * @param standardError null with fewer than {@value #MIN_SAMPLES} samples
 */
public record SampleMean(double value, @Nullable Double standardError) {
  /** With two samples the standard error has one degree of freedom and is off by factors. */
  public static final int MIN_SAMPLES = 3;

  /**
   * The mean of samples.
   *
   * @param samples at least one
   */
  public static SampleMean of(double... samples) {
    double mean = 0;
    double squares = 0;
    // Welford's update keeps the variance of nearly equal samples free of cancellation.
    for (int i = 0; i < samples.length; i++) {
      double deviation = samples[i] - mean;
      mean += deviation / (i + 1);
      squares += deviation * (samples[i] - mean);
    }
    int count = samples.length;
    return new SampleMean(
        mean, count < MIN_SAMPLES ? null : Math.sqrt(squares / (count - 1.0) / count));
  }
}
