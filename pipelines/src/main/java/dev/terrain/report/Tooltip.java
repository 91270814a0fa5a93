package dev.terrain.report;

import dev.terrain.v1.Cell;
import java.util.Locale;

/** What a pointer over a cell is told. */
final class Tooltip {

  private Tooltip() {}

  static String notMeasured(String where) {
    return where + "\nnot measured";
  }

  static String phase(String where, Cell cell) {
    return where + "\n" + phase(cell);
  }

  static String metric(String where, Cell cell, Metric metric) {
    return where + "\n" + metric.title() + ": " + value(cell, metric) + "\n" + phase(cell);
  }

  /** The charted logarithm if there is one, the mean, its standard deviation and the sample. */
  private static String value(Cell cell, Metric metric) {
    if (metric.mean(cell).isEmpty()) {
      return Grid.diverged(cell) ? "all models diverged" : "not measured";
    }
    double mean = metric.mean(cell).get();
    String logarithm =
        metric
            .charted(cell)
            .filter(charted -> charted != mean)
            .map(charted -> metric.label(charted) + ", of the mean ")
            .orElse("");
    String deviation =
        metric
            .deviation(cell)
            .map(
                sd ->
                    " \u00b1 " + Decimal.significant(sd, 2) + " (sd; " + metric.sample(cell) + ")")
            .orElse(" (" + metric.sample(cell) + ", no sd)");
    String error =
        metric
            .error(cell)
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
