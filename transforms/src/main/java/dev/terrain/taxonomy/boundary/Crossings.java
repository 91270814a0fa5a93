package dev.terrain.taxonomy.boundary;

import java.util.ArrayList;
import java.util.List;

/** Where the zero levels of two functions on one lattice cross. */
final class Crossings {
  /** How far outside its square a crossing of the two planes may lie, in lattice steps. */
  private static final double SLACK = 0.25;

  private Crossings() {}

  /**
   * Crossings as (column position, row position): in each square in which both functions change
   * sign, that of the planes of least squares through their corners; one for crossings closer than
   * a lattice step.
   */
  static List<double[]> of(double[][] first, double[][] second, Lattice lattice) {
    List<double[]> found = new ArrayList<>();
    for (int r = 0; r + 1 < first.length; r++) {
      for (int c = 0; c + 1 < first[0].length; c++) {
        if (!changes(first, r, c) || !changes(second, r, c)) {
          continue;
        }
        double[] f = plane(first, r, c);
        double[] g = plane(second, r, c);
        double determinant = f[1] * g[2] - f[2] * g[1];
        double across = (f[2] * g[0] - f[0] * g[2]) / determinant;
        double along = (f[0] * g[1] - f[1] * g[0]) / determinant;
        if (Math.abs(across) <= 0.5 + SLACK && Math.abs(along) <= 0.5 + SLACK) {
          double column = lattice.columns()[c] + (0.5 + across) * lattice.step();
          double row = lattice.rows()[r] + (0.5 + along) * lattice.step();
          if (found.stream()
              .noneMatch(p -> Math.hypot(p[0] - column, p[1] - row) < lattice.step())) {
            found.add(new double[] {column, row});
          }
        }
      }
    }
    return found;
  }

  private static boolean changes(double[][] values, int r, int c) {
    boolean sign = values[r][c] > 0;
    return values[r][c + 1] > 0 != sign
        || values[r + 1][c] > 0 != sign
        || values[r + 1][c + 1] > 0 != sign;
  }

  /** Mean, slope by column and slope by row of the plane about the middle of a square. */
  private static double[] plane(double[][] values, int r, int c) {
    double topLeft = values[r][c];
    double topRight = values[r][c + 1];
    double bottomLeft = values[r + 1][c];
    double bottomRight = values[r + 1][c + 1];
    return new double[] {
      (topLeft + topRight + bottomLeft + bottomRight) / 4,
      (topRight + bottomRight - topLeft - bottomLeft) / 2,
      (bottomLeft + bottomRight - topLeft - topRight) / 2
    };
  }
}
