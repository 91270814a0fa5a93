package dev.terrain.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The phase diagrams of one combination of a sweep's further axes.
 *
 * @param name values of the further axes; empty if the sweep has none
 * @param phases the main figure
 * @param headlines the other figures that come first
 * @param further all others, by the stage that measures them
 */
record Slice(
    String name, Figure phases, List<Figure> headlines, Map<String, List<Figure>> further) {

  /**
   * @param most how many figures it has beside the headlines at most
   */
  static Slice of(String name, String prefix, Grid grid, Panels panels, int most) {
    Map<String, List<Figure>> further = new LinkedHashMap<>();
    panels.furtherMetrics().stream()
        .limit(most)
        .forEach(
            metric ->
                further
                    .computeIfAbsent(metric.stage(), stage -> new ArrayList<>())
                    .add(figure(name, prefix, grid, panels, metric)));
    return new Slice(
        name,
        new Figure(prefix + "phases", HeatMapSvg.draw(panels.phases(name, grid)), ""),
        panels.headlines().stream()
            .map(metric -> figure(name, prefix, grid, panels, metric))
            .toList(),
        further);
  }

  private static Figure figure(
      String name, String prefix, Grid grid, Panels panels, Metric metric) {
    return new Figure(
        prefix + metric.slug(),
        HeatMapSvg.draw(panels.metric(name, grid, metric)),
        metric.variant().definition());
  }

  Stream<Figure> figures() {
    return Stream.concat(
        Stream.of(phases),
        Stream.concat(headlines.stream(), further.values().stream().flatMap(List::stream)));
  }
}
