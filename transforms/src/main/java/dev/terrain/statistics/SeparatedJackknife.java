package dev.terrain.statistics;

import org.jspecify.annotations.Nullable;

/**
 * The {@link BatchJackknife} of values q_b of the batches that are themselves means over m random
 * probes, with the probes' noise taken off.
 *
 * <p>With the samples x_jb of probe j and their deviations D_jb from the weighted mean over the
 * batches, the jackknife of the means D_b measures the variance that the data make and, on top, the
 * variance of D_b over the probes, s_b²/m with s_b² = Σ_j (D_jb - D_b)² / (m - 1). The difference
 *
 * <pre>
 *   (1/B) Σ_b n_b/(n - n_b) (D_b² - s_b²/m)
 * </pre>
 *
 * <p>is unbiased for the data's part and can be negative where that is small. At least 1/(B - 1) of
 * the jackknife's variance is reported, the share of one of its B - 1 degrees of freedom: batches
 * that differ are no proof that the data make no difference. With a single probe nothing is known
 * of the noise and nothing taken off.
 */
public final class SeparatedJackknife {
  private SeparatedJackknife() {}

  /**
   * The standard error of the mean of the batches' values.
   *
   * @param samples x_jb, a row for each probe, at least one, a column for each batch
   * @param sizes n_b
   * @return null with fewer than two batches
   */
  public static @Nullable Double standardError(double[][] samples, int[] sizes) {
    int batches = sizes.length;
    if (batches < 2) {
      return null;
    }
    double examples = 0;
    for (int size : sizes) {
      examples += size;
    }
    int probes = samples.length;
    double[] means = new double[batches];
    double[] squares = new double[batches];
    for (int j = 0; j < probes; j++) {
      double whole = 0;
      for (int b = 0; b < batches; b++) {
        whole += sizes[b] / examples * samples[j][b];
      }
      for (int b = 0; b < batches; b++) {
        // Welford's update.
        double deviation = samples[j][b] - whole - means[b];
        means[b] += deviation / (j + 1);
        squares[b] += deviation * (samples[j][b] - whole - means[b]);
      }
    }
    double variance = 0;
    double noise = 0;
    for (int b = 0; b < batches; b++) {
      double weight = sizes[b] / (examples - sizes[b]) / batches;
      variance += weight * means[b] * means[b];
      noise += probes < 2 ? 0 : weight * squares[b] / (probes - 1) / probes;
    }
    return Math.sqrt(Math.max(variance - noise, variance / (batches - 1)));
  }
}
