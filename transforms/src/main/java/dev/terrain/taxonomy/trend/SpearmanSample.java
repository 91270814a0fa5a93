package dev.terrain.taxonomy.trend;

import org.jspecify.annotations.Nullable;

/** Spearman's correlation of two numbers of the same cells, and of resamples of the cells. */
public final class SpearmanSample {
  private final RankedVariable x;
  private final RankedVariable y;

  /**
   * A sample.
   *
   * @param x one finite number of each cell
   * @param y another
   * @throws IllegalArgumentException if they are not equally many
   */
  public SpearmanSample(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(x.length + " numbers against " + y.length);
    }
    this.x = RankedVariable.of(x);
    this.y = RankedVariable.of(y);
  }

  /** How many cells. */
  public int size() {
    return x.size();
  }

  /** ρ; null if a number is the same in all cells. */
  public @Nullable Double value() {
    return value(RankCorrelation.once(size()));
  }

  /**
   * ρ of a resample.
   *
   * @param counts how often each cell was drawn
   */
  public @Nullable Double value(int[] counts) {
    return RankCorrelation.spearman(x, y, counts);
  }
}
