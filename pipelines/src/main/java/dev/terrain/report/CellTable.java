package dev.terrain.report;

import dev.terrain.v1.Cell;
import dev.terrain.v1.Sweep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The cells as a table of text: mean and standard deviation of each metric as measured. */
final class CellTable {

  private static final String NOTHING = "\u2013";

  private CellTable() {}

  static List<String> columns(Sweep plan) {
    return List.of(
        "slice",
        plan.getLoad().getSetting().replace('_', ' '),
        plan.getTemperature().getSetting().replace('_', ' '),
        "models",
        "phase",
        "confidence",
        "test accuracy, %",
        "training loss",
        "top eigenvalue",
        "trace",
        "mode connectivity, %",
        "CKA",
        "L2 distance",
        "why this phase");
  }

  static List<List<String>> rows(List<Cell> cells) {
    return cells.stream()
        .sorted(
            Comparator.comparing(CellTable::slice, new SliceOrder())
                .thenComparing(Cell::getLoadValue)
                .thenComparing(Cell::getTemperatureValue))
        .map(CellTable::row)
        .toList();
  }

  private static List<String> row(Cell cell) {
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
    for (Metric metric : Metric.values()) {
      row.add(value(metric, cell));
    }
    row.add(Optional.ofNullable(cell.getPhaseReason()).orElse(""));
    return row;
  }

  private static String value(Metric metric, Cell cell) {
    String deviation =
        metric.deviation(cell).map(sd -> " \u00b1 " + Decimal.significant(sd, 2)).orElse("");
    String sample = metric.isPartial(cell) ? " (" + metric.sample(cell) + ")" : "";
    return metric
        .mean(cell)
        .map(mean -> Decimal.significant(mean, 4) + deviation + sample)
        .orElse(NOTHING);
  }

  private static String slice(Cell cell) {
    return Optional.ofNullable(cell.getSlice()).orElse(NOTHING);
  }
}
