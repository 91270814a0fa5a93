package dev.terrain.taxonomy.ruggedness;

import java.util.ArrayList;
import java.util.List;

/**
 * All minima and maxima of an {@link EffectiveLandscape}, by a bisection that cannot miss one.
 *
 * <p>With B_n the bound of the n-th derivative of the ripples, all of them lie in |x| ≤ B_1, where
 * the slope of the parabola can be undone. An interval of half width h about c has none if |L'(c)|
 * > h (|L''(c)| + h B_3), and at most one, told by the signs at its ends, if |L''(c)| > h B_3; any
 * other is halved, down to {@value #RESOLUTION}. A slope that rounding could have made is taken for
 * 0; where it changes its sign is told from the nearest places where it is more.
 */
final class StationaryPoints {
  private static final double RESOLUTION = 1e-12;

  /** Halving an interval so often leaves two neighbouring numbers. */
  private static final int MOST_STEPS = 200;

  /** Of the magnitudes that a slope is the sum of. */
  private static final double ROUNDING = 0x1.0p-50;

  private final EffectiveLandscape landscape;
  private final double ripples;
  private final double thirdDerivative;
  private final List<StationaryPoint> found = new ArrayList<>();

  /** The last place with a slope whose sign is sure. */
  private double signedAt;

  private boolean falls = true;

  private StationaryPoints(EffectiveLandscape landscape) {
    this.landscape = landscape;
    this.ripples = landscape.rippleBound(1);
    this.thirdDerivative = landscape.rippleBound(3);
  }

  /** In ascending order of x: minima and maxima by turns, a minimum first and last. */
  static List<StationaryPoint> of(EffectiveLandscape landscape) {
    StationaryPoints search = new StationaryPoints(landscape);
    // Beyond it the slope has the sign of x, whatever is rounded.
    double bound = search.ripples * (1 + 1e-9) + 1e-9;
    search.signedAt = -bound;
    search.collect(-bound, bound);
    return List.copyOf(search.found);
  }

  private void collect(double low, double high) {
    double half = (high - low) / 2;
    double centre = low + half;
    double curvature = Math.abs(landscape.curvature(centre));
    if (Math.abs(landscape.slope(centre)) > half * (curvature + half * thirdDerivative)) {
      look(centre);
      return;
    }
    if (curvature > half * thirdDerivative || half < RESOLUTION) {
      look(low);
      look(high);
    } else {
      collect(low, centre);
      collect(centre, high);
    }
  }

  /** Places are looked at in ascending order. */
  private void look(double x) {
    double slope = landscape.slope(x);
    if (Math.abs(slope) <= ROUNDING * (Math.abs(x) + ripples)) {
      return;
    }
    if (slope < 0 != falls) {
      double place = crossing(signedAt, x);
      found.add(new StationaryPoint(place, landscape.value(place), falls));
      falls = !falls;
    }
    signedAt = x;
  }

  /** Newton's steps while they stay between the nearest known signs, else halving. */
  private double crossing(double low, double high) {
    double x = low + (high - low) / 2;
    for (int step = 0; step < MOST_STEPS && low < x && x < high; step++) {
      double slope = landscape.slope(x);
      if (slope == 0) {
        return x;
      }
      if (slope < 0 == falls) {
        low = x;
      } else {
        high = x;
      }
      double next = x - slope / landscape.curvature(x);
      if (next == x) {
        return x;
      }
      x = low < next && next < high ? next : low + (high - low) / 2;
    }
    return x;
  }
}
