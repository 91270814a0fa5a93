package dev.terrain.report;

import dev.terrain.v1.Cell;
import dev.terrain.v1.CellMetric;
import java.util.Locale;
import java.util.Optional;

/** What a pointer over a cell is told. */
final class Tooltip {

  private Tooltip() {}

  static String notMeasured(String where) {
    return where + "\nnot measured";
  }

  static String phase(String where, Cell cell) {
    return where + "\n" + phase(cell);
  }

  /**
   * What is known of a metric in a cell.
   *
   * @param row its summary; empty if it was not measured there
   */
  static String metric(String where, Cell cell, Metric metric, Optional<CellMetric> row) {
    String value =
        row.filter(summary -> Metric.finite(summary.getMean()).isPresent())
            .map(summary -> value(cell, metric, summary))
            .orElseGet(() -> nothing(cell, row));
    return where + "\n" + metric.title() + ": " + value + "\n" + phase(cell);
  }

  private static String nothing(Cell cell, Optional<CellMetric> row) {
    return Grid.diverged(cell)
        ? "all models diverged"
        : row.map(CellMetric::getReason)
            .map(why -> "no value (" + why + ")")
            .orElse("not measured");
  }

  /** The charted logarithm if there is one, the mean, its standard deviation and the sample. */
  private static String value(Cell cell, Metric metric, CellMetric row) {
    double mean = row.getMean();
    String sample = metric.sample(cell, row);
    String logarithm =
        metric
            .charted(row)
            .filter(charted -> charted != mean)
            .map(charted -> metric.label(charted) + ", of the mean ")
            .orElse("");
    String deviation =
        Metric.finite(row.getStd())
            .map(sd -> " \u00b1 " + Decimal.significant(sd, 2) + " (sd; " + sample + ")")
            .orElse(" (" + sample + ", no sd)");
    String error =
        Metric.finite(row.getMeasurementError())
            .map(
                se ->
                    "\nmeasured to \u00b1 "
                        + Decimal.significant(se, 2)
                        + " (standard error of the mean from probes and images)")
            .orElse("");
    return logarithm + Decimal.significant(mean, 4) + deviation + error;
  }

  private static String phase(Cell cell) {
    String name =
        Phase.of(cell.getPhase())
            .map(
                phase ->
                    "phase "
                        + phase.label()
                        + " ("
                        + phase.nickname().toLowerCase(Locale.ROOT)
                        + ")")
            .orElse("phase cannot be told");
    String confidence =
        cell.getPhaseConfidence() == null
            ? noConfidence(cell)
            : ", confidence " + Decimal.fixed(100 * cell.getPhaseConfidence(), 0) + " %";
    String reason = cell.getPhaseReason() == null ? "" : ": " + cell.getPhaseReason();
    String diverged =
        cell.getNDiverged() == 0 ? "" : "\n" + cell.getNDiverged() + " diverged, left out";
    return name + confidence + reason + diverged;
  }

  private static String noConfidence(Cell cell) {
    return cell.getPhase() == null || cell.getPhaseConfidenceReason() == null
        ? ""
        : ", no confidence (" + cell.getPhaseConfidenceReason() + ")";
  }
}
