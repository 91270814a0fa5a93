package dev.terrain.curvature.density;

import dev.terrain.statistics.SampleMean;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.hipparchus.special.Erf;

/**
 * The distribution function Φ of the D eigenvalues that are not deflated, as the measures of n_v
 * probes tell it: their mean, and a band around the mean of their enclosures.
 *
 * <p>The mean over the probes differs from Φ at random: the variance of a share is 2 Φ(1 - Φ) / (D
 * + 2) a probe that is uniform on the sphere (a Beta variable), and at most 2 Φ(1 - Φ) / D for a
 * Rademacher probe.
 */
final class RestDistribution {
  private final int eigenvalues;
  private final List<ProbeMeasure> measures;

  /**
   * @param eigenvalues D, at least 1
   * @param measures at least one
   */
  RestDistribution(int eigenvalues, List<ProbeMeasure> measures) {
    this.eigenvalues = eigenvalues;
    this.measures = measures;
  }

  /** Shares of (-∞, x]; {@code level} is the probability of the random part of the band. */
  SpectralDensity.Share cumulative(double x, double level) {
    double lower = mean(measure -> measure.lowerShare(x));
    double upper = mean(measure -> measure.upperShare(x));
    // The share within the enclosure whose variance is the largest.
    double worst = Math.max(lower, Math.min(0.5, upper));
    double error = Math.sqrt(2 * worst * (1 - worst) / (eigenvalues + 2.0) / measures.size());
    SampleMean value =
        SampleMean.of(measures.stream().mapToDouble(measure -> measure.share(x)).toArray());
    if (value.standardError() != null) {
      error = Math.max(error, value.standardError());
    }
    // The z with P(|Z| ≤ z) = level for a standard normal Z.
    double margin = Math.sqrt(2) * Erf.erfInv(level) * error;
    return new SpectralDensity.Share(
        Math.min(value.value(), 1), Math.max(lower - margin, 0), Math.min(upper + margin, 1));
  }

  private double mean(ToDoubleFunction<ProbeMeasure> share) {
    return measures.stream().mapToDouble(share).average().orElseThrow();
  }
}
