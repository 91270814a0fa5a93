package dev.terrain.curvature.panel;

import dev.terrain.curvature.density.SmoothedDensity;
import dev.terrain.curvature.density.SpectralDensity;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The spectral density behind a {@link CurvaturePanel} as curves to store and draw.
 *
 * @param points where the cumulative distribution is given, from the least node to the greatest
 * @param shares of all eigenvalues at or below each point
 * @param lower lower end of each share's band, of the probability {@link CurvaturePanel#LEVEL}
 * @param upper upper end of it
 * @param grid where the smoothed density is given
 * @param densities the smoothed density there, per unit of the eigenvalue
 * @param width standard deviation of the Gaussian that smooths it
 * @param moments mean, mean square, mean cube and mean fourth power of the eigenvalues
 * @param negativeMass share of eigenvalues below zero
 * @param negativeMassLower lower end of its band
 * @param negativeMassUpper upper end of it
 */
@SuppressWarnings("ArrayRecordComponent")
public record DensityProfile(
    double[] points,
    double[] shares,
    double[] lower,
    double[] upper,
    double[] grid,
    double[] densities,
    double width,
    double[] moments,
    double negativeMass,
    double negativeMassLower,
    double negativeMassUpper) {
  private static final int GRID_POINTS = 201;
  private static final int CDF_POINTS = 101;
  private static final int MOMENTS = 4;

  /** Share of the spectrum's width that keeps the peaks of outliers apart in a plot. */
  private static final double PEAK = 1.0 / 60;

  static DensityProfile of(SpectralDensity density) {
    double[] nodes = density.density().nodes();
    double least = nodes[0];
    double span = nodes[nodes.length - 1] - least;
    // All eigenvalues alike have no width; any will do for the plot of one peak.
    double width =
        span > 0
            ? Math.min(density.resolution(), span * PEAK)
            : Math.max(Math.abs(least), 1) * 1e-3;
    SmoothedDensity smoothed = density.smoothed(GRID_POINTS, width);
    double[] points =
        IntStream.range(0, CDF_POINTS)
            .mapToDouble(i -> least + span * i / (CDF_POINTS - 1))
            .toArray();
    List<SpectralDensity.Share> shares =
        Arrays.stream(points).mapToObj(x -> density.cumulative(x, CurvaturePanel.LEVEL)).toList();
    SpectralDensity.Share negative = density.massBelowZero(CurvaturePanel.LEVEL);
    return new DensityProfile(
        points,
        each(shares, SpectralDensity.Share::value),
        each(shares, SpectralDensity.Share::lower),
        each(shares, SpectralDensity.Share::upper),
        smoothed.grid(),
        smoothed.values(),
        width,
        IntStream.rangeClosed(1, MOMENTS).mapToDouble(density::moment).toArray(),
        negative.value(),
        negative.lower(),
        negative.upper());
  }

  private static double[] each(
      List<SpectralDensity.Share> shares, ToDoubleFunction<SpectralDensity.Share> part) {
    return shares.stream().mapToDouble(part).toArray();
  }
}
