package dev.terrain.taxonomy.boundary;

import dev.terrain.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether neighbouring cells are on one side more often than chance lets them (join counts, Moran:
 * The interpretation of statistical maps, 1948, with Monte Carlo permutations): the sides are dealt
 * anew to the same cells, and the pairs of neighbours on one side counted.
 *
 * @param pairs neighbouring pairs of cells that have a side
 * @param alike how many of them are on one side
 * @param p (1 + permutations with at least as many alike) / (1 + permutations)
 */
record JoinCounts(int pairs, int alike, double p) {
  private static final int PERMUTATIONS = 999;

  /** Counts the pairs one step apart in one row or column. */
  static JoinCounts of(
      int columns, int rows, int[][] places, boolean[] positive, CounterRandom random) {
    int[][] at = new int[rows][columns];
    for (int i = 0; i < places.length; i++) {
      at[places[i][1]][places[i][0]] = i + 1;
    }
    List<int[]> pairs = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        if (at[r][c] > 0 && c + 1 < columns && at[r][c + 1] > 0) {
          pairs.add(new int[] {at[r][c] - 1, at[r][c + 1] - 1});
        }
        if (at[r][c] > 0 && r + 1 < rows && at[r + 1][c] > 0) {
          pairs.add(new int[] {at[r][c] - 1, at[r + 1][c] - 1});
        }
      }
    }
    int alike = alike(pairs, positive);
    int asMany = 0;
    for (int i = 0; i < PERMUTATIONS; i++) {
      int[] order = random.permutation(positive.length);
      boolean[] dealt = new boolean[positive.length];
      for (int j = 0; j < order.length; j++) {
        dealt[j] = positive[order[j]];
      }
      if (alike(pairs, dealt) >= alike) {
        asMany++;
      }
    }
    return new JoinCounts(pairs.size(), alike, (1.0 + asMany) / (1 + PERMUTATIONS));
  }

  private static int alike(List<int[]> pairs, boolean[] positive) {
    int alike = 0;
    for (int[] pair : pairs) {
      if (positive[pair[0]] == positive[pair[1]]) {
        alike++;
      }
    }
    return alike;
  }
}
