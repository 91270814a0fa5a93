package dev.terrain.report;

import dev.terrain.v1.Axis;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One axis of a phase diagram, drawn as one column or row a value.
 *
 * @param title the setting's name and which of its ends is high load or hot
 * @param values in drawing order: from high load to low load, from hot to cold
 */
record GridAxis(String title, String setting, List<Double> values) {

  /** The load-like axis, left to right: high load at the left, as in the study. */
  static GridAxis load(Axis axis, Stream<Double> measured, boolean rises) {
    boolean small = !rises;
    return of(axis, measured, small, small ? " (load: small = high)" : " (load: large = high)");
  }

  /** The temperature-like axis, top to bottom: hot at the top, as in the study. */
  static GridAxis temperature(Axis axis, Stream<Double> measured, boolean rises) {
    boolean small = !rises;
    return of(
        axis,
        measured,
        small,
        small ? " (temperature: small = hot)" : " (temperature: large = hot)");
  }

  /** The setting's name as words. */
  String name() {
    return setting.replace('_', ' ');
  }

  private static GridAxis of(
      Axis axis, Stream<Double> measured, boolean ascending, String direction) {
    Stream<Double> planned = axis.getValues().stream().map(Double::valueOf);
    Comparator<Double> order = ascending ? Comparator.naturalOrder() : Comparator.reverseOrder();
    List<Double> values = Stream.concat(planned, measured).distinct().sorted(order).toList();
    return new GridAxis(axis.getSetting().replace('_', ' ') + direction, axis.getSetting(), values);
  }
}
