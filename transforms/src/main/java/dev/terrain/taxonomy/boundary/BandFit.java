package dev.terrain.taxonomy.boundary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Mean and standard deviation of the oriented distance over the draws of a boundary, and the band
 * made of them (Jankowski and Stanberry: Expectations of random sets and their boundaries using
 * oriented distance functions, 2010): the places where |mean| ≤ c · deviation, with the smallest c
 * such that at least .95 of the draws have at least .98 of their boundary in the band, and no
 * smaller than 1.645, which leaves either side a probability of .95 in one place.
 *
 * @param mean mean oriented distance in grid steps, by row, then column
 * @param deviation its standard deviation over the draws, at least what the lattice resolves
 * @param probability share of draws that are positive
 * @param factor c
 */
@SuppressWarnings("ArrayRecordComponent")
record BandFit(double[][] mean, double[][] deviation, double[][] probability, double factor) {
  /** Share of draws that the band must hold. */
  static final double CONFIDENCE = 0.95;

  /** Share of a draw's boundary that must lie in the band for the draw to be held. */
  static final double LENGTH = 0.98;

  private static final double LEAST_FACTOR = 1.645;

  /** The band of draws given on a lattice. */
  static BandFit of(List<double[][]> draws, Lattice lattice) {
    int rows = lattice.rows().length;
    int columns = lattice.columns().length;
    double[][] mean = new double[rows][columns];
    double[][] deviation = new double[rows][columns];
    double[][] probability = new double[rows][columns];
    List<int[]> levels = new ArrayList<>();
    for (double[][] draw : draws) {
      double[][] distance = OrientedDistance.of(draw, lattice);
      levels.add(nodesBesideLevel(distance, lattice));
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          mean[r][c] += distance[r][c];
          deviation[r][c] += distance[r][c] * distance[r][c];
          probability[r][c] += draw[r][c] > 0 ? 1 : 0;
        }
      }
    }
    double least = lattice.step() / Math.sqrt(12);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        mean[r][c] /= draws.size();
        probability[r][c] /= draws.size();
        double variance = deviation[r][c] / draws.size() - mean[r][c] * mean[r][c];
        deviation[r][c] = Math.max(Math.sqrt(Math.max(variance, 0)), least);
      }
    }
    double[] needed =
        levels.stream()
            .mapToDouble(
                nodes ->
                    quantile(
                        Arrays.stream(nodes)
                            .mapToDouble(
                                node ->
                                    Math.abs(mean[node / columns][node % columns])
                                        / deviation[node / columns][node % columns])
                            .toArray(),
                        LENGTH))
            .toArray();
    double factor = Math.max(LEAST_FACTOR, quantile(needed, CONFIDENCE));
    return new BandFit(mean, deviation, probability, factor);
  }

  /** |mean| / (c · deviation): up to 1 in the band. */
  double score(int row, int column) {
    return Math.abs(mean[row][column]) / (factor * deviation[row][column]);
  }

  private static int[] nodesBesideLevel(double[][] distance, Lattice lattice) {
    int columns = distance[0].length;
    int[] nodes = new int[distance.length * columns];
    int count = 0;
    for (int r = 0; r < distance.length; r++) {
      for (int c = 0; c < columns; c++) {
        if (lattice.domain()[r][c] && Math.abs(distance[r][c]) <= lattice.step() / 2) {
          nodes[count++] = r * columns + c;
        }
      }
    }
    return Arrays.copyOf(nodes, count);
  }

  private static double quantile(double[] values, double share) {
    if (values.length == 0) {
      return 0;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.min(Math.max(index, 0), sorted.length - 1)];
  }
}
