package dev.terrain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.terrain.findings.CellDifference;
import dev.terrain.findings.CellSearch;
import dev.terrain.findings.ChartedStudy;
import dev.terrain.v1.CellMetric;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Two cells side by side, of which one at least was imported, so that there are no records. */
final class ImportedDiff {
  private final CellDifference difference;

  /**
   * Finds the cells.
   *
   * @throws IllegalArgumentException if a text names no cell, or several
   */
  ImportedDiff(ChartedStudy study, String id, ChartedStudy otherStudy, String otherId) {
    this.difference =
        CellDifference.of(
            study,
            CellSearch.find(study.cells(), id),
            otherStudy,
            CellSearch.find(otherStudy.cells(), otherId));
  }

  void print(PrintWriter out) {
    out.printf("A  %s%nB  %s%n", difference.first(), difference.second());
    out.printf("%-34s %22s %22s %12s%n", "metric", "A", "B", "B - A");
    for (CellDifference.Pair pair : difference.metrics()) {
      Double change = pair.difference();
      out.printf(
          "%-34s %22s %22s %12s%n",
          pair.name(),
          text(pair.first()),
          text(pair.second()),
          change == null ? "-" : "%.4g".formatted(change));
    }
  }

  private static String text(CellMetric row) {
    if (row == null || row.getMean() == null) {
      return "-";
    }
    return row.getStd() == null
        ? "%.6g".formatted(row.getMean())
        : "%.6g (sd %.2g, %d)".formatted(row.getMean(), row.getStd(), row.getN());
  }

  void printJson(PrintWriter out) throws IOException {
    List<Map<String, Object>> metrics =
        difference.metrics().stream().map(ImportedDiff::facts).toList();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("kind", "CELL");
    facts.put("a", difference.first());
    facts.put("b", difference.second());
    facts.put("metrics", metrics);
    out.println(
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(facts));
  }

  private static Map<String, Object> facts(CellDifference.Pair pair) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", pair.name());
    facts.put("first", pair.first() == null ? null : pair.first().getMean());
    facts.put("second", pair.second() == null ? null : pair.second().getMean());
    facts.put("difference", pair.difference());
    return facts;
  }
}
