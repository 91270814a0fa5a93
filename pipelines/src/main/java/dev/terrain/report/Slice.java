package dev.terrain.report;

import java.util.List;
import java.util.stream.Stream;

/**
 * The phase diagrams of one combination of a sweep's further axes.
 *
 * @param name values of the further axes; empty if the sweep has none
 * @param phases the main figure
 * @param metrics the other figures
 */
record Slice(String name, Figure phases, List<Figure> metrics) {

  static Slice of(String name, String prefix, Grid grid, Panels panels) {
    Figure phases = new Figure(prefix + "phases", HeatMapSvg.draw(panels.phases(name, grid)));
    List<Figure> metrics =
        panels.metrics().stream()
            .map(
                metric ->
                    new Figure(
                        prefix + metric.slug(), HeatMapSvg.draw(panels.metric(name, grid, metric))))
            .toList();
    return new Slice(name, phases, metrics);
  }

  Stream<Figure> figures() {
    return Stream.concat(Stream.of(phases), metrics.stream());
  }
}
