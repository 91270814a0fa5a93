package dev.terrain.curvature.density;

import dev.terrain.curvature.linear.Quadrature;

/**
 * A spectral density convolved with a Gaussian, on an even grid, for plots only: its peaks' heights
 * and widths are the smoothing's.
 *
 * @param grid the points, ascending
 * @param values density at each, per unit of eigenvalue
 */
@SuppressWarnings("ArrayRecordComponent")
public record SmoothedDensity(double[] grid, double[] values) {
  /** So many σ beyond the outermost nodes the grid ends. */
  private static final double MARGIN = 4;

  /**
   * Σ w_i N(x; θ_i, σ²), on a grid that ends 4 σ beyond the outermost nodes.
   *
   * @param measure nodes θ_i, ascending, and weights w_i that sum to 1
   * @param points points of the grid, at least 2
   * @param width σ, above 0
   * @throws IllegalArgumentException if an argument is out of its range
   */
  static SmoothedDensity of(Quadrature measure, int points, double width) {
    if (points < 2 || !(width > 0)) {
      throw new IllegalArgumentException(
          "points (" + points + ") must be at least 2 and width (" + width + ") above 0");
    }
    double from = measure.nodes()[0] - MARGIN * width;
    double to = measure.nodes()[measure.nodes().length - 1] + MARGIN * width;
    double[] grid = grid(from, to, points);
    return new SmoothedDensity(grid, convolve(measure, grid, width * width));
  }

  private static double[] grid(double from, double to, int points) {
    double[] grid = new double[points];
    for (int i = 0; i < points; i++) {
      grid[i] = from + (to - from) * i / (points - 1);
    }
    return grid;
  }

  private static double[] convolve(Quadrature measure, double[] grid, double variance) {
    double[] values = new double[grid.length];
    double height = 1 / Math.sqrt(2 * Math.PI * variance);
    for (int i = 0; i < measure.nodes().length; i++) {
      for (int j = 0; j < grid.length; j++) {
        double distance = grid[j] - measure.nodes()[i];
        values[j] +=
            measure.weights()[i] * height * Math.exp(-distance * distance / (2 * variance));
      }
    }
    return values;
  }
}
