package dev.terrain.taxonomy.trend;

import dev.terrain.statistics.SampleMean;

/** Means over cells as estimates. */
final class Means {
  private Means() {}

  /** The mean of at least one number with Student's 95 percent interval. */
  static Estimate estimate(double... numbers) {
    MeanInterval mean = MeanInterval.of(BootstrapDraws.LEVEL, numbers);
    return new Estimate(
        mean.mean(),
        mean.interval(),
        mean.interval() == null ? "an interval needs " + SampleMean.MIN_SAMPLES + " cells" : null);
  }
}
