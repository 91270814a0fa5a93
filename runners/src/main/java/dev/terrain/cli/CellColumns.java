package dev.terrain.cli;

import dev.terrain.stage.standard.MetricCatalogue;
import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The metrics that a list of cells shows: headlines, which the table of cells has, or any, from the
 * table of cells' metrics.
 */
final class CellColumns {
  /** Headings by the headlines; those that decide the phase come first. */
  private static final Map<String, String> HEADLINES = new LinkedHashMap<>();

  static {
    HEADLINES.put("train_loss", "train loss");
    HEADLINES.put("mode_connectivity", "mode conn");
    HEADLINES.put("cka", "CKA");
    HEADLINES.put("test_accuracy", "test acc");
    HEADLINES.put("hessian_top_eigenvalue", "top eigenv");
    HEADLINES.put("hessian_trace", "trace");
    HEADLINES.put("l2_distance", "L2 dist");
  }

  private record Key(String sweep, String cellId) {}

  private final List<MetricChoice> choices;
  private final Map<Key, List<CellMetric>> rows = new HashMap<>();

  private CellColumns(List<MetricChoice> choices, Collection<CellMetric> rows) {
    this.choices = choices;
    for (CellMetric row : rows) {
      this.rows
          .computeIfAbsent(new Key(row.getSweep(), row.getCellId()), key -> new ArrayList<>())
          .add(row);
    }
  }

  /** The headlines. */
  static CellColumns headlines() {
    return new CellColumns(List.of(), List.of());
  }

  /**
   * Metrics as {@link MetricChoice} reads them.
   *
   * @param rows the table of cells' metrics
   * @throws IllegalArgumentException if one is unknown
   */
  static CellColumns of(List<String> asked, Collection<CellMetric> rows) {
    MetricCatalogue catalogue = MetricCatalogue.standard();
    return new CellColumns(
        asked.stream().map(text -> MetricChoice.parse(text, catalogue, rows)).toList(), rows);
  }

  /** Headings of the columns. */
  List<String> header() {
    return choices.isEmpty()
        ? List.copyOf(HEADLINES.values())
        : choices.stream().map(MetricChoice::text).toList();
  }

  /** The mean of each; null where there is none. */
  List<Double> means(Cell cell) {
    List<Double> means = new ArrayList<>();
    if (choices.isEmpty()) {
      HEADLINES.keySet().forEach(name -> means.add(MetricSummary.of(cell, name).mean()));
    } else {
      choices.forEach(choice -> means.add(row(cell, choice).map(CellMetric::getMean).orElse(null)));
    }
    return means;
  }

  /** The rows of the metrics that are asked for. */
  List<CellMetric> rows(Cell cell) {
    return choices.stream().flatMap(choice -> row(cell, choice).stream()).toList();
  }

  private Optional<CellMetric> row(Cell cell, MetricChoice choice) {
    return choice.of(rows.getOrDefault(new Key(cell.getSweep(), cell.getCellId()), List.of()));
  }
}
