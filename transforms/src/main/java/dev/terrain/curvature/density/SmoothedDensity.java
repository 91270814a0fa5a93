package dev.terrain.curvature.density;

import dev.terrain.curvature.linear.Quadrature;
import java.util.List;

/**
 * A spectral density convolved with a Gaussian, on an even grid, for plots only: its peaks' heights
 * and widths are the smoothing's.
 *
 * @param grid the points, ascending
 * @param values density at each, per unit of eigenvalue
 * @param width standard deviation σ of the Gaussian, in the unit of the eigenvalues
 */
@SuppressWarnings("ArrayRecordComponent")
public record SmoothedDensity(double[] grid, double[] values, double width) {
  private static final int PYHESSIAN_POINTS = 10_000;
  private static final double PYHESSIAN_VARIANCE = 1e-5;
  private static final double PYHESSIAN_OVERHEAD = 0.01;

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
    return new SmoothedDensity(grid, convolve(List.of(measure), grid, width * width), width);
  }

  /**
   * PyHessian's convention: the mean over the probes of Σ w_i N(x; θ_i, σ²) with σ² = 10⁻⁵ max(1,
   * λ_max - λ_min), on 10 000 points from λ_min to λ_max, which are the means over the probes of
   * the outermost nodes, moved outwards by 0.01; scaled so that the sum over the grid times its
   * spacing is 1. Outliers are not deflated. Yao, Gholami, Keutzer and Mahoney: PyHessian, IEEE Big
   * Data 2020, its {@code density_plot}.
   *
   * @param quadratures one a probe, at least one
   */
  public static SmoothedDensity ofPyHessian(List<Quadrature> quadratures) {
    double from = -PYHESSIAN_OVERHEAD;
    double to = PYHESSIAN_OVERHEAD;
    for (Quadrature quadrature : quadratures) {
      from += quadrature.nodes()[0] / quadratures.size();
      to += quadrature.nodes()[quadrature.nodes().length - 1] / quadratures.size();
    }
    double variance = PYHESSIAN_VARIANCE * Math.max(1, to - from);
    double[] grid = grid(from, to, PYHESSIAN_POINTS);
    double[] values = convolve(quadratures, grid, variance);
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mass = sum * (grid[1] - grid[0]);
    for (int i = 0; i < values.length && mass > 0; i++) {
      values[i] /= mass;
    }
    return new SmoothedDensity(grid, values, Math.sqrt(variance));
  }

  private static double[] grid(double from, double to, int points) {
    double[] grid = new double[points];
    for (int i = 0; i < points; i++) {
      grid[i] = from + (to - from) * i / (points - 1);
    }
    return grid;
  }

  private static double[] convolve(List<Quadrature> measures, double[] grid, double variance) {
    double[] values = new double[grid.length];
    double height = 1 / Math.sqrt(2 * Math.PI * variance) / measures.size();
    for (Quadrature measure : measures) {
      for (int i = 0; i < measure.nodes().length; i++) {
        for (int j = 0; j < grid.length; j++) {
          double distance = grid[j] - measure.nodes()[i];
          values[j] +=
              measure.weights()[i] * height * Math.exp(-distance * distance / (2 * variance));
        }
      }
    }
    return values;
  }
}
