package dev.terrain.taxonomy.trend;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One number of each of n cells as dense ranks: 0 for the smallest, 1 for the next that differs.
 *
 * <p>Sorted once, a resample of the cells costs no sorting: it is how often each cell was drawn.
 */
final class RankedVariable {
  private final int[] ranks;
  private final int[] order;
  private final int distinct;

  private RankedVariable(int[] ranks, int[] order, int distinct) {
    this.ranks = ranks;
    this.order = order;
    this.distinct = distinct;
  }

  static RankedVariable of(double[] values) {
    // Adding zero makes the two zeros one value.
    double[] keys = Arrays.stream(values).map(value -> value + 0.0).toArray();
    int[] order =
        IntStream.range(0, keys.length)
            .boxed()
            .sorted((i, j) -> Double.compare(keys[i], keys[j]))
            .mapToInt(i -> i)
            .toArray();
    int[] ranks = new int[keys.length];
    int rank = 0;
    for (int i = 0; i < order.length; i++) {
      if (i > 0 && Double.compare(keys[order[i]], keys[order[i - 1]]) > 0) {
        rank++;
      }
      ranks[order[i]] = rank;
    }
    return new RankedVariable(ranks, order, keys.length == 0 ? 0 : rank + 1);
  }

  int size() {
    return ranks.length;
  }

  /** How many values differ. */
  int distinct() {
    return distinct;
  }

  int rank(int cell) {
    return ranks[cell];
  }

  /** The i-th cell in ascending order. */
  int cellAt(int i) {
    return order[i];
  }

  /** How many drawn cells have each dense rank. */
  private long[] tally(int[] counts) {
    long[] tally = new long[distinct];
    for (int i = 0; i < ranks.length; i++) {
      tally[ranks[i]] += counts[i];
    }
    return tally;
  }

  /** Pairs of drawn cells of equal value. */
  long tiedPairs(int[] counts) {
    long pairs = 0;
    for (long equal : tally(counts)) {
      pairs += equal * (equal - 1) / 2;
    }
    return pairs;
  }

  /** The rank of each cell among the drawn ones, equal values sharing the mean of their ranks. */
  double[] midranks(int[] counts) {
    long[] tally = tally(counts);
    double[] middle = new double[distinct];
    long below = 0;
    for (int i = 0; i < distinct; i++) {
      middle[i] = below + (tally[i] + 1) / 2.0;
      below += tally[i];
    }
    double[] midranks = new double[ranks.length];
    for (int i = 0; i < midranks.length; i++) {
      midranks[i] = middle[ranks[i]];
    }
    return midranks;
  }
}
