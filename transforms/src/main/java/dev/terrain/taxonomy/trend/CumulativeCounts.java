package dev.terrain.taxonomy.trend;

/** Counts by rank, whose running sums cost O(log n) (Fenwick 1994). */
final class CumulativeCounts {
  private final long[] tree;
  private long total;

  CumulativeCounts(int ranks) {
    tree = new long[ranks + 1];
  }

  void add(int rank, int count) {
    total += count;
    for (int i = rank + 1; i < tree.length; i += Integer.lowestOneBit(i)) {
      tree[i] += count;
    }
  }

  /** Sum of the counts of all ranks below one. */
  long below(int rank) {
    long sum = 0;
    for (int i = rank; i > 0; i -= Integer.lowestOneBit(i)) {
      sum += tree[i];
    }
    return sum;
  }

  long total() {
    return total;
  }
}
