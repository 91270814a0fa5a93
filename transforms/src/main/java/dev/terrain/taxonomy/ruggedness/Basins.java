package dev.terrain.taxonomy.ruggedness;

import java.util.ArrayList;
import java.util.List;

/**
 * The basins of an {@link EffectiveLandscape}: each minimum with the open interval between the
 * maxima beside it, from whose every point gradient descent with small steps ends in it. Exact up
 * to rounding.
 */
public final class Basins {
  private final List<StationaryPoint> points;
  private final List<Basin> basins = new ArrayList<>();

  /**
   * One basin.
   *
   * @param minimum its lowest point
   * @param from the maximum to the left; negative infinity if there is none
   * @param to the maximum to the right; infinity if there is none
   * @param curvature of the landscape at the minimum, at least 0
   */
  public record Basin(StationaryPoint minimum, double from, double to, double curvature) {
    /** Probability that a start drawn uniformly from [-radius, radius] lies in it. */
    double share(double radius) {
      double width = Math.min(to, radius) - Math.max(from, -radius);
      return Math.max(width, 0) / (2 * radius);
    }
  }

  private Basins(List<StationaryPoint> points) {
    this.points = points;
  }

  /** The basins of a landscape. */
  public static Basins of(EffectiveLandscape landscape) {
    Basins found = new Basins(StationaryPoints.of(landscape));
    List<StationaryPoint> points = found.points;
    for (int i = 0; i < points.size(); i += 2) {
      StationaryPoint minimum = points.get(i);
      found.basins.add(
          new Basin(
              minimum,
              i == 0 ? Double.NEGATIVE_INFINITY : points.get(i - 1).x(),
              i == points.size() - 1 ? Double.POSITIVE_INFINITY : points.get(i + 1).x(),
              landscape.curvature(minimum.x())));
    }
    return found;
  }

  /** From left to right; at least one. */
  public List<Basin> all() {
    return List.copyOf(basins);
  }

  /**
   * The basin that gradient descent from a start ends in; from a maximum itself, the one to its
   * right.
   */
  public Basin reachedFrom(double start) {
    int low = 0;
    int high = basins.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if (basins.get(middle).from() <= start) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return basins.get(low);
  }

  /** The minimum of least loss, the leftmost of several. */
  public Basin lowest() {
    Basin lowest = basins.get(0);
    for (Basin basin : basins) {
      if (basin.minimum().loss() < lowest.minimum().loss()) {
        lowest = basin;
      }
    }
    return lowest;
  }

  /**
   * The barrier max_{x ∈ [a, b]} L_T(x) - (L_T(a) + L_T(b))/2 between two minima a and b. Every
   * continuous path from a to b runs over all of [a, b], so none has a lower one, and the straight
   * line has this. At least 0, and 0 only for a = b.
   */
  public double barrier(Basin first, Basin second) {
    double low = Math.min(first.minimum().x(), second.minimum().x());
    double high = Math.max(first.minimum().x(), second.minimum().x());
    double highest = Math.max(first.minimum().loss(), second.minimum().loss());
    for (StationaryPoint point : points) {
      if (point.x() > low && point.x() < high) {
        highest = Math.max(highest, point.loss());
      }
    }
    return highest - (first.minimum().loss() + second.minimum().loss()) / 2;
  }

  /**
   * Mode connectivity as the study has it (section 2), of the straight way from a to b: (L_T(a) +
   * L_T(b))/2 - L_T(x) where that is largest by its amount. Minus the barrier, unless a deeper
   * minimum lies between: then it is above 0, whatever barriers there are.
   */
  public double modeConnectivity(Basin first, Basin second) {
    double low = Math.min(first.minimum().x(), second.minimum().x());
    double high = Math.max(first.minimum().x(), second.minimum().x());
    double ends = (first.minimum().loss() + second.minimum().loss()) / 2;
    double largest = 0;
    for (StationaryPoint point : points) {
      double deviation = ends - point.loss();
      if (point.x() >= low && point.x() <= high && Math.abs(deviation) > Math.abs(largest)) {
        largest = deviation;
      }
    }
    return largest;
  }
}
