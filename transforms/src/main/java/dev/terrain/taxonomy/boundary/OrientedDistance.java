package dev.terrain.taxonomy.boundary;

import java.util.Arrays;

/**
 * Distance of each lattice node to the zero level of a function in grid steps, positive where the
 * function is.
 *
 * <p>Nodes next to the level know its nearest point by linear interpolation; all others take the
 * nearest of the points that their neighbours know, in two sweeps over the lattice (Danielsson:
 * Euclidean distance mapping, 1980), good to a tenth of a lattice step.
 */
final class OrientedDistance {
  private final int rows;
  private final int columns;
  private final double[] nearestColumn;
  private final double[] nearestRow;
  private final double[] square;

  private OrientedDistance(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    this.nearestColumn = new double[rows * columns];
    this.nearestRow = new double[rows * columns];
    this.square = new double[rows * columns];
    Arrays.fill(square, Double.POSITIVE_INFINITY);
  }

  /** Distances by row, then column; where there is no zero level in the domain, the diagonal. */
  static double[][] of(double[][] values, Lattice lattice) {
    OrientedDistance map = new OrientedDistance(values.length, values[0].length);
    map.markLevel(values, lattice.domain());
    map.sweepUp();
    map.sweepDown();
    double far = lattice.diagonal();
    double[][] distances = new double[map.rows][map.columns];
    for (int r = 0; r < map.rows; r++) {
      for (int c = 0; c < map.columns; c++) {
        double distance = Math.sqrt(map.square[r * map.columns + c]) * lattice.step();
        distances[r][c] = Math.copySign(Math.min(distance, far), values[r][c] > 0 ? 1 : -1);
      }
    }
    return distances;
  }

  /** The nearest points of the nodes on whose edges the function changes sign. */
  private void markLevel(double[][] values, boolean[][] domain) {
    double[] across = new double[rows * columns];
    double[] along = new double[rows * columns];
    Arrays.fill(across, Double.POSITIVE_INFINITY);
    Arrays.fill(along, Double.POSITIVE_INFINITY);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        boolean sign = values[r][c] > 0;
        int node = r * columns + c;
        if (c + 1 < columns && values[r][c + 1] > 0 != sign && domain[r][c] && domain[r][c + 1]) {
          double share = values[r][c] / (values[r][c] - values[r][c + 1]);
          across[node] = closer(across[node], share);
          across[node + 1] = share - 1;
        }
        if (r + 1 < rows && values[r + 1][c] > 0 != sign && domain[r][c] && domain[r + 1][c]) {
          double share = values[r][c] / (values[r][c] - values[r + 1][c]);
          along[node] = closer(along[node], share);
          along[node + columns] = share - 1;
        }
      }
    }
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        markFoot(r, c, across[r * columns + c], along[r * columns + c]);
      }
    }
  }

  private static double closer(double a, double b) {
    return Math.abs(b) < Math.abs(a) ? b : a;
  }

  /** The foot of the perpendicular to the line that cuts the axes through a node at a and b. */
  private void markFoot(int r, int c, double a, double b) {
    if (Double.isInfinite(a) && Double.isInfinite(b)) {
      return;
    }
    double inverseA = 1 / a;
    double inverseB = 1 / b;
    boolean isOn = a == 0 || b == 0;
    double scale = isOn ? 0 : 1 / (inverseA * inverseA + inverseB * inverseB);
    int node = r * columns + c;
    nearestColumn[node] = c + (isOn ? 0 : inverseA * scale);
    nearestRow[node] = r + (isOn ? 0 : inverseB * scale);
    square[node] = scale;
  }

  private void sweepUp() {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        take(r, c, r - 1, c - 1);
        take(r, c, r - 1, c);
        take(r, c, r - 1, c + 1);
        take(r, c, r, c - 1);
      }
      for (int c = columns - 2; c >= 0; c--) {
        take(r, c, r, c + 1);
      }
    }
  }

  private void sweepDown() {
    for (int r = rows - 1; r >= 0; r--) {
      for (int c = columns - 1; c >= 0; c--) {
        take(r, c, r + 1, c + 1);
        take(r, c, r + 1, c);
        take(r, c, r + 1, c - 1);
        take(r, c, r, c + 1);
      }
      for (int c = 1; c < columns; c++) {
        take(r, c, r, c - 1);
      }
    }
  }

  /** Takes the point that a neighbour knows if it is nearer than the node's own. */
  private void take(int r, int c, int otherRow, int otherColumn) {
    if (otherRow < 0 || otherColumn < 0 || otherRow >= rows || otherColumn >= columns) {
      return;
    }
    int other = otherRow * columns + otherColumn;
    if (square[other] == Double.POSITIVE_INFINITY) {
      return;
    }
    double byColumn = nearestColumn[other] - c;
    double byRow = nearestRow[other] - r;
    double candidate = byColumn * byColumn + byRow * byRow;
    int node = r * columns + c;
    if (candidate < square[node]) {
      square[node] = candidate;
      nearestColumn[node] = nearestColumn[other];
      nearestRow[node] = nearestRow[other];
    }
  }
}
