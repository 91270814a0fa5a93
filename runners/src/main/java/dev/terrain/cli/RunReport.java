package dev.terrain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.terrain.run.RunSummary;
import dev.terrain.store.ObjectStore;
import dev.terrain.study.FailureNames;
import dev.terrain.study.StoredManifest;
import dev.terrain.v1.Cell;
import dev.terrain.v1.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says what a run did: the phase map on standard output, how it went on standard error. */
final class RunReport {
  private static final int SHOWN_FAILURES = 10;

  private final RunSummary summary;
  private final List<Cell> cells;
  private final List<Failure> failures;
  private final FailureNames names;
  private final ObjectStore store;

  RunReport(
      RunSummary summary,
      List<Cell> cells,
      List<Failure> failures,
      FailureNames names,
      ObjectStore store) {
    this.summary = summary;
    this.cells = cells;
    this.failures = failures;
    this.names = names;
    this.store = store;
  }

  void print(PrintWriter out, PrintWriter err, boolean json) throws IOException {
    for (Failure failure : failures.subList(0, Math.min(SHOWN_FAILURES, failures.size()))) {
      err.printf(
          "failed: %s%s: %s%n",
          failure.getStage(),
          names.of(failure).map(name -> " of " + name).orElse(""),
          failure.getMessage());
    }
    if (failures.size() > SHOWN_FAILURES) {
      err.printf("failed: %d more, in the table failures%n", failures.size() - SHOWN_FAILURES);
    }
    err.printf(
        "%d units: %d remembered, %d computed, %d failed%s%s; %s%n",
        summary.remembered() + summary.computed() + summary.failed(),
        summary.remembered(),
        summary.computed(),
        summary.failed(),
        diverged() == 0 ? "" : ", " + diverged() + " of " + models() + " models diverged",
        summary.skipped() == 0 ? "" : ", " + summary.skipped() + " left out",
        summary.upToDate()
            ? "tables and report are up to date"
            : "%.1f s, %s units/s".formatted(summary.seconds(), rate(summary.unitsPerSecond())));
    new CheckPrinter(summary.checks()).printText(err);
    err.printf("tables: %s%nreport: %s%n", store.uri("tables"), store.uri(StoredManifest.REPORT));
    err.flush();
    if (json) {
      printJson(out);
    } else {
      new PhaseMap(cells).print(out);
    }
    out.flush();
  }

  /** Models of which the tables know how their training ended. */
  private long models() {
    return diverged() + cells.stream().mapToLong(Cell::getNModels).sum();
  }

  private long diverged() {
    return cells.stream().mapToLong(Cell::getNDiverged).sum();
  }

  private static String rate(double unitsPerSecond) {
    return unitsPerSecond < 100
        ? "%.2f".formatted(unitsPerSecond)
        : "%.0f".formatted(unitsPerSecond);
  }

  private void printJson(PrintWriter out) throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("remembered", summary.remembered());
    facts.put("computed", summary.computed());
    facts.put("failed", summary.failed());
    facts.put("models", models());
    facts.put("diverged", diverged());
    facts.put("left_out", summary.skipped());
    facts.put("seconds", summary.seconds());
    facts.put("units_per_second", summary.upToDate() ? null : summary.unitsPerSecond());
    facts.put("up_to_date", summary.upToDate());
    facts.put("checks", new CheckPrinter(summary.checks()).facts());
    facts.put("failures", failures.stream().map(this::facts).toList());
    facts.put("tables", store.uri("tables"));
    facts.put("report", store.uri(StoredManifest.REPORT));
    out.println(
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(facts));
  }

  private Map<String, Object> facts(Failure failure) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("stage", failure.getStage());
    facts.put("key", failure.getKey());
    facts.put("name", names.settings(failure).orElse(null));
    facts.put("cell_id", failure.getCellId());
    facts.put("model_id", failure.getModelId());
    facts.put("other_model_id", failure.getOtherModelId());
    facts.put("message", failure.getMessage());
    facts.put("attempt", failure.getAttempt());
    return facts;
  }
}
