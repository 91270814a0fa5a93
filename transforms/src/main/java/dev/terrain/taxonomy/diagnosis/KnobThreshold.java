package dev.terrain.taxonomy.diagnosis;

import java.util.List;
import java.util.TreeMap;

/**
 * One threshold on the temperature setting, and which side of it is told to go hotter: the pair
 * that is right in most of the cells it is fitted to; of equals the lowest threshold.
 *
 * @param from the lowest value on the upper side
 * @param hotterAbove whether the upper side is told to go hotter
 */
record KnobThreshold(double from, boolean hotterAbove) {
  static KnobThreshold fit(List<Double> temperatures, List<Boolean> isHotter) {
    TreeMap<Double, int[]> counts = new TreeMap<>();
    int hotter = 0;
    for (int i = 0; i < temperatures.size(); i++) {
      int[] count = counts.computeIfAbsent(temperatures.get(i), value -> new int[2]);
      count[isHotter.get(i) ? 1 : 0]++;
      hotter += isHotter.get(i) ? 1 : 0;
    }
    int rightIfAboveIsHotter = hotter;
    int best = -1;
    KnobThreshold fitted = new KnobThreshold(0, true);
    for (var entry : counts.entrySet()) {
      int rightOtherwise = temperatures.size() - rightIfAboveIsHotter;
      if (Math.max(rightIfAboveIsHotter, rightOtherwise) > best) {
        best = Math.max(rightIfAboveIsHotter, rightOtherwise);
        fitted = new KnobThreshold(entry.getKey(), rightIfAboveIsHotter >= rightOtherwise);
      }
      // The next threshold has this value on its lower side.
      rightIfAboveIsHotter += entry.getValue()[0] - entry.getValue()[1];
    }
    return fitted;
  }

  boolean isHotter(double temperature) {
    return hotterAbove == (temperature >= from);
  }
}
