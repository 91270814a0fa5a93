package dev.terrain.taxonomy.trend;

import dev.terrain.random.CounterRandom;
import dev.terrain.statistics.Bootstrap;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A statistic of resampled cells, and the percentile interval that the draws give. */
final class BootstrapDraws {
  /** Coverage of the intervals. */
  static final double LEVEL = 0.95;

  /** Cells below which a resample holds too few different ones. */
  static final int LEAST_CELLS = 6;

  /** Share of the resamples that must have a value. */
  private static final double LEAST_DEFINED = 0.9;

  private static final double ROUNDING = 1e-12;

  private final double[] values;
  private int defined;

  BootstrapDraws(int resamples) {
    values = new double[resamples];
  }

  /**
   * Draws resamples and computes some statistics of each.
   *
   * @param id keys the stream, as (id, "trend", 0)
   */
  static BootstrapDraws[] of(
      String id, int cells, int resamples, Function<int[], @Nullable Double[]> statistics) {
    CounterRandom random = CounterRandom.of(id, "trend", 0);
    BootstrapDraws[] draws = {};
    for (int i = 0; i < resamples; i++) {
      @Nullable Double[] drawn = statistics.apply(Bootstrap.counts(random, cells));
      if (i == 0) {
        draws = new BootstrapDraws[drawn.length];
        Arrays.setAll(draws, statistic -> new BootstrapDraws(resamples));
      }
      for (int j = 0; j < drawn.length; j++) {
        draws[j].add(drawn[j]);
      }
    }
    return draws;
  }

  private void add(@Nullable Double value) {
    if (value != null) {
      values[defined++] = value;
    }
  }

  /** The value with its interval. */
  Estimate around(double value) {
    if (1 - Math.abs(value) < ROUNDING) {
      return Estimate.withoutInterval(
          value, "the order is perfect in every resample, which says nothing of its error");
    }
    if (defined < LEAST_DEFINED * values.length) {
      return Estimate.withoutInterval(value, "too few resamples of the cells have a value");
    }
    return new Estimate(value, Interval.ofDraws(Arrays.copyOf(values, defined), LEVEL), null);
  }
}
