package dev.terrain.cli;

import dev.terrain.v1.Cell;
import java.io.PrintWriter;

/** A row of the table of cells as people read it. */
final class CellText {
  private final Cell cell;

  CellText(Cell cell) {
    this.cell = cell;
  }

  void print(PrintWriter out) {
    line(out, "phase", phase(cell));
    if (cell.getPhaseReason() != null) {
      line(out, "why", cell.getPhaseReason());
    }
    line(
        out,
        "models",
        "%d trained, %d diverged; %d connected pairs"
            .formatted(cell.getNModels(), cell.getNDiverged(), cell.getNPairs()));
    for (MetricSummary metric : MetricSummary.all(cell)) {
      if (metric.mean() != null) {
        line(out, metric.name(), metric.text());
      }
    }
    line(out, "computed", cell.getComputedAt().toString());
  }

  /** Phase and confidence: {@code IV-B, confidence 93 %}. */
  static String phase(Cell cell) {
    if (cell.getPhase() == null) {
      return "unknown";
    }
    return cell.getPhase()
        + (cell.getPhaseConfidence() == null
            ? ""
            : ", confidence %.0f %%".formatted(100 * cell.getPhaseConfidence()));
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf("  %-30s %s%n", name, value);
  }
}
