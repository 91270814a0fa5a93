package dev.terrain.report;

import java.util.Arrays;
import java.util.List;

/**
 * A map from [0, 1] to colours: equally spaced anchors, linear in sRGB between them.
 *
 * @param anchors the colours at 0, 1/(n-1), ..., 1
 */
record ColourMap(List<Colour> anchors) {

  /** Perceptually even, ever lighter, safe for colour-blind readers: eleven points of viridis. */
  static final ColourMap SEQUENTIAL =
      of(
          "#440154", "#482475", "#414487", "#355f8d", "#2a788e", "#21918c", "#22a884", "#44bf70",
          "#7ad151", "#bddf26", "#fde725");

  /** Blue for negative, red for positive, neutral at 0.5: safe for colour-blind readers. */
  static final ColourMap DIVERGING =
      of(
          "#0b3c77", "#2166ac", "#4393c3", "#92c5de", "#d1e5f0", "#f7f7f7", "#fddbc7", "#f4a582",
          "#d6604d", "#b2182b", "#7d0c25");

  private static ColourMap of(String... anchors) {
    return new ColourMap(Arrays.stream(anchors).map(Colour::of).toList());
  }

  /** The colour at t; t below 0 counts as 0 and t above 1 as 1. */
  Colour at(double t) {
    double place = Math.min(Math.max(t, 0), 1) * (anchors.size() - 1);
    int lower = Math.min((int) place, anchors.size() - 2);
    return anchors.get(lower).towards(anchors.get(lower + 1), place - lower);
  }
}
