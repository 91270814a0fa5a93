package dev.terrain.taxonomy.boundary;

import java.util.Arrays;

/**
 * A regular lattice over the rectangle of cell centres, finer than the grid, and the part of it
 * that a boundary may lie in.
 *
 * @param columns positions on the load axis in grid steps, ascending
 * @param rows positions on the temperature axis in grid steps, ascending
 * @param perStep how many lattice steps a grid step has
 * @param domain by row, then column: whether a cell that has a side is among the nearest
 */
@SuppressWarnings("ArrayRecordComponent")
record Lattice(double[] columns, double[] rows, int perStep, boolean[][] domain) {
  private static final int MOST_STEPS = 48;
  private static final int FINEST = 4;
  private static final int COARSEST = 2;

  /**
   * The lattice of a grid.
   *
   * @param places column and row of each cell that has a say
   * @param everywhere whether the boundary may also lie where there is no such cell
   */
  static Lattice of(int columnCount, int rowCount, int[][] places, boolean everywhere) {
    int longest = Math.max(Math.max(columnCount, rowCount) - 1, 1);
    int perStep = Math.max(COARSEST, Math.min(FINEST, MOST_STEPS / longest));
    double[] columns = positions(columnCount, perStep);
    double[] rows = positions(rowCount, perStep);
    boolean[][] domain = new boolean[rows.length][columns.length];
    if (everywhere) {
      for (boolean[] row : domain) {
        Arrays.fill(row, true);
      }
    }
    int half = perStep / 2;
    for (int[] place : places) {
      int top = Math.min(place[1] * perStep + half, rows.length - 1);
      for (int r = Math.max(place[1] * perStep - half, 0); r <= top; r++) {
        int right = Math.min(place[0] * perStep + half, columns.length - 1);
        for (int c = Math.max(place[0] * perStep - half, 0); c <= right; c++) {
          domain[r][c] = true;
        }
      }
    }
    return new Lattice(columns, rows, perStep, domain);
  }

  /** Length of a lattice step in grid steps. */
  double step() {
    return 1.0 / perStep;
  }

  /** Longer than any distance in the lattice, in grid steps. */
  double diagonal() {
    return Math.hypot(columns[columns.length - 1], rows[rows.length - 1]) + 1;
  }

  private static double[] positions(int count, int perStep) {
    double[] positions = new double[(count - 1) * perStep + 1];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = i / (double) perStep;
    }
    return positions;
  }
}
