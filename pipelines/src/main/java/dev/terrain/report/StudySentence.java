package dev.terrain.report;

import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Sweep;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Says in one sentence what a study has found: its phases, and its best cell. */
final class StudySentence {
  private StudySentence() {}

  static String of(
      Sweep plan, List<Cell> cells, CellValues values, int diagrams, List<Failure> failures) {
    if (cells.isEmpty()) {
      return "No cell has been measured"
          + (failures.isEmpty()
              ? " yet."
              : ": " + MapSentences.count(failures.size(), "failure") + ", listed below.");
    }
    String counts = MapSentences.counts(cells);
    return (counts.isEmpty()
            ? MapSentences.count(cells.size(), "cell") + " whose phases cannot be told"
            : counts)
        + (diagrams == 1 ? "" : ", in " + diagrams + " diagrams")
        + best(plan, cells, values)
        + ".";
  }

  private static String best(Sweep plan, List<Cell> cells, CellValues values) {
    Optional<Metric> accuracy =
        values.metrics().stream()
            .filter(metric -> metric.key().equals("test_accuracy"))
            .findFirst();
    if (accuracy.isEmpty()) {
      return "";
    }
    Comparator<Cell> byAccuracy =
        Comparator.comparing(cell -> mean(cell, values, accuracy.get()).orElseThrow());
    return cells.stream()
        .filter(cell -> mean(cell, values, accuracy.get()).isPresent())
        .max(byAccuracy)
        .map(
            cell ->
                "; the best test accuracy, "
                    + accuracy.get().label(mean(cell, values, accuracy.get()).orElseThrow())
                    + accuracy.get().suffix()
                    + ", is at "
                    + MapSentences.where(plan, cell)
                    + (cell.getSlice() == null ? "" : ", " + words(cell.getSlice()))
                    + Phase.of(cell.getPhase())
                        .map(phase -> ", in phase " + phase.label())
                        .orElse(""))
        .orElse("");
  }

  private static String words(String slice) {
    return slice.replace('_', ' ').replace('=', ' ');
  }

  private static Optional<Double> mean(Cell cell, CellValues values, Metric metric) {
    return values.of(cell, metric).map(CellMetric::getMean).flatMap(Metric::finite);
  }
}
