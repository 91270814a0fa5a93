package dev.terrain.report;

import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import dev.terrain.v1.Sweep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The cells as a table of text: mean and standard deviation of each headline metric. */
final class CellTable {

  private static final String NOTHING = "\u2013";

  private CellTable() {}

  static List<String> columns(Sweep plan, List<Metric> metrics) {
    List<String> columns = new ArrayList<>();
    columns.add("slice");
    columns.add(plan.getLoad().getSetting().replace('_', ' '));
    columns.add(plan.getTemperature().getSetting().replace('_', ' '));
    columns.addAll(List.of("models", "phase", "confidence"));
    for (Metric metric : metrics) {
      columns.add(metric.name() + (metric.variant().unit().equals("percent") ? ", %" : ""));
    }
    columns.add("why this phase");
    return columns;
  }

  static List<List<String>> rows(List<Cell> cells, List<Metric> metrics, CellValues values) {
    return cells.stream()
        .sorted(
            Comparator.comparing(CellTable::slice, new SliceOrder())
                .thenComparing(Cell::getLoadValue)
                .thenComparing(Cell::getTemperatureValue))
        .map(cell -> row(cell, metrics, values))
        .toList();
  }

  private static List<String> row(Cell cell, List<Metric> metrics, CellValues values) {
    List<String> row = new ArrayList<>();
    row.add(slice(cell));
    row.add(Decimal.plain(cell.getLoadValue()));
    row.add(Decimal.plain(cell.getTemperatureValue()));
    int diverged = cell.getNDiverged();
    row.add(cell.getNModels() + (diverged == 0 ? "" : " (" + diverged + " diverged)"));
    row.add(Phase.of(cell.getPhase()).map(Phase::label).orElse(NOTHING));
    row.add(
        Optional.ofNullable(cell.getPhaseConfidence())
            .map(confidence -> Decimal.fixed(100 * confidence, 0) + " %")
            .orElse(NOTHING));
    for (Metric metric : metrics) {
      row.add(values.of(cell, metric).flatMap(m -> value(metric, cell, m)).orElse(NOTHING));
    }
    row.add(Optional.ofNullable(cell.getPhaseReason()).orElse(""));
    return row;
  }

  private static Optional<String> value(Metric metric, Cell cell, CellMetric row) {
    String deviation =
        Metric.finite(row.getStd()).map(sd -> " \u00b1 " + Decimal.significant(sd, 2)).orElse("");
    String sample = metric.isPartial(cell, row) ? " (" + metric.sample(cell, row) + ")" : "";
    return Metric.finite(row.getMean())
        .map(mean -> Decimal.significant(mean, 4) + deviation + sample);
  }

  private static String slice(Cell cell) {
    return Optional.ofNullable(cell.getSlice()).orElse(NOTHING);
  }
}
