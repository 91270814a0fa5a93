package dev.terrain.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Maps values to colours between two limits.
 *
 * @param map the colours
 * @param low value (or its decimal logarithm) of the map's first colour
 * @param high value (or its decimal logarithm) of the map's last colour; above low
 * @param logarithmic whether colours follow the logarithm of the value
 */
record ColourScale(ColourMap map, double low, double high, boolean logarithmic) {

  /** From the smallest to the largest value. */
  static ColourScale linear(List<Double> values) {
    return spread(values.stream().mapToDouble(v -> v).toArray(), false);
  }

  /** From the smallest to the largest value, all above 0, by their logarithms. */
  static ColourScale logarithmic(List<Double> values) {
    return spread(values.stream().mapToDouble(Math::log10).toArray(), true);
  }

  /** From minus the largest modulus to plus the largest modulus. */
  static ColourScale symmetric(List<Double> values) {
    double limit = values.stream().mapToDouble(Math::abs).max().orElse(1);
    limit = limit == 0 ? 1 : limit;
    return new ColourScale(ColourMap.DIVERGING, -limit, limit, false);
  }

  private static ColourScale spread(double[] places, boolean logarithmic) {
    double low = DoubleStream.of(places).min().orElse(0);
    double high = DoubleStream.of(places).max().orElse(1);
    double room = high > low ? 0 : Math.max(Math.abs(low) * 0.05, 0.05);
    return new ColourScale(ColourMap.SEQUENTIAL, low - room, high + room, logarithmic);
  }

  Colour colour(double value) {
    return map.at(position(value));
  }

  /** Where a value stands between the limits; in [0, 1] if it is within them. */
  double position(double value) {
    double place = logarithmic ? Math.log10(value) : value;
    return (place - low) / (high - low);
  }

  /** Round values between the limits, ascending: powers of ten, or multiples of 1, 2, 2.5 or 5. */
  List<Double> ticks() {
    if (logarithmic && high - low >= 1) {
      return decades();
    }
    double from = logarithmic ? Math.pow(10, low) : low;
    double to = logarithmic ? Math.pow(10, high) : high;
    double step = step((to - from) / 5);
    List<Double> ticks = new ArrayList<>();
    for (long k = (long) Math.ceil(from / step - 1e-9); k * step <= to + step * 1e-9; k++) {
      ticks.add(k * step);
    }
    return ticks;
  }

  private List<Double> decades() {
    List<Double> ticks = new ArrayList<>();
    boolean few = high - low < 2;
    for (int decade = (int) Math.floor(low); decade <= high; decade++) {
      for (int factor : few ? new int[] {1, 2, 5} : new int[] {1}) {
        double tick = factor * Math.pow(10, decade);
        double position = position(tick);
        if (position >= 0 && position <= 1) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  private static double step(double atLeast) {
    double decade = Math.pow(10, Math.floor(Math.log10(atLeast)));
    for (double factor : new double[] {1, 2, 2.5, 5}) {
      if (factor * decade >= atLeast) {
        return factor * decade;
      }
    }
    return 10 * decade;
  }
}
