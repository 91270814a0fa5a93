package dev.terrain.statistics;

import dev.terrain.random.CounterRandom;

/** Resamples: as many draws as there are things, with replacement. */
public final class Bootstrap {
  private Bootstrap() {}

  /**
   * Draws one resample.
   *
   * @param size n, the number of things, at least 1
   * @return how often each was drawn, n in all
   */
  public static int[] counts(CounterRandom random, int size) {
    int[] counts = new int[size];
    for (int i = 0; i < counts.length; i++) {
      counts[random.nextInt(counts.length)]++;
    }
    return counts;
  }
}
