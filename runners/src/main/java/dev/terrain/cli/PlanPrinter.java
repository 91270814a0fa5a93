package dev.terrain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.terrain.plan.Plan;
import dev.terrain.plan.ProlongedUnits;
import dev.terrain.plan.StagePlan;
import dev.terrain.plan.UnitState;
import dev.terrain.stage.Prolongation;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints a plan for people or for programs. */
final class PlanPrinter {
  private final Plan plan;
  private final int workers;

  PlanPrinter(Plan plan, int workers) {
    this.plan = plan;
    this.workers = workers;
  }

  void print(PrintWriter out, boolean json) throws IOException {
    if (json) {
      printJson(out);
    } else {
      printText(out);
      printExamples(out);
    }
    out.flush();
  }

  void printText(PrintWriter out) {
    out.printf(
        "%d cells, %d models%s%n",
        plan.cells(),
        plan.models(),
        plan.diverged() == 0 ? "" : ", " + plan.diverged() + " of them diverged");
    for (StagePlan stage : plan.stages()) {
      out.printf(
          "  %-13s %7d done %7d to do%s%s%n",
          stage.stage(), stage.done(), stage.missing().size(), reasons(stage), time(stage));
    }
    if (plan.isComplete()) {
      out.printf("nothing to train or measure: all %d units are remembered%n", plan.total());
    } else {
      out.printf(
          "%d units to do on %d workers%nestimated time: %s%n",
          plan.missing(), workers, EstimateText.full(plan.estimate(workers)));
    }
    plan.prolonged().forEach(units -> out.println(text(units)));
    out.flush();
  }

  private String time(StagePlan stage) {
    return stage.work().isEmpty() || stage.pace().isEmpty()
        ? ""
        : ": " + Durations.text(EstimateText.whole(stage.estimate().middle().dividedBy(workers)));
  }

  private String text(ProlongedUnits units) {
    Prolongation prolongation = units.prolongation();
    String time =
        plan.estimate(units)
            .map(work -> Durations.text(EstimateText.whole(work.middle().dividedBy(workers))))
            .orElse("an unknown time");
    return "%s.epochs: %,d become %,d at data_fraction %s, for as many steps: %s"
        .formatted(
            units.stage(),
            prolongation.setting(),
            prolongation.epochs(),
            prolongation.dataFraction(),
            time);
  }

  private static String reasons(StagePlan stage) {
    List<String> reasons = new ArrayList<>();
    add(reasons, stage.in(UnitState.MISSING) - stage.resumable(), "new");
    add(reasons, stage.resumable(), "from saved progress");
    add(reasons, stage.in(UnitState.UPSTREAM), "after their trainings");
    add(reasons, stage.in(UnitState.SPEC_CHANGED), "with a changed setting");
    add(reasons, stage.in(UnitState.CODE_VERSION), "of earlier code");
    add(reasons, stage.in(UnitState.SCHEMA_VERSION), "of an earlier schema");
    add(reasons, stage.in(UnitState.FORCED), "forced");
    add(reasons, stage.in(UnitState.FAILED), "failed before");
    add(reasons, stage.in(UnitState.CORRUPT), "corrupt");
    add(reasons, stage.skipped(), "left out");
    add(reasons, stage.givenUp(), "given up");
    return reasons.isEmpty() ? "" : " (" + String.join(", ", reasons) + ")";
  }

  private static void add(List<String> reasons, int count, String reason) {
    if (count > 0) {
      reasons.add(count + " " + reason);
    }
  }

  private void printExamples(PrintWriter out) {
    for (StagePlan stage : plan.stages()) {
      stage.examples().forEach(unit -> out.printf("  %s %s%n", stage.stage(), unit));
      int more = stage.total() - stage.done() - stage.examples().size();
      if (more > 0) {
        out.printf("  %s: %d more%n", stage.stage(), more);
      }
    }
  }

  private void printJson(PrintWriter out) throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("cells", plan.cells());
    facts.put("models", plan.models());
    facts.put("diverged", plan.diverged());
    facts.put("units_done", plan.done());
    facts.put("units_to_do", plan.missing());
    facts.put("workers", workers);
    facts.putAll(EstimateText.facts(plan.estimate(workers)));
    facts.put("prolonged", plan.prolonged().stream().map(this::facts).toList());
    facts.put("stages", plan.stages().stream().map(PlanPrinter::facts).toList());
    out.println(
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(facts));
  }

  private Map<String, Object> facts(ProlongedUnits units) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("stage", units.stage());
    facts.put("data_fraction", units.prolongation().dataFraction());
    facts.put("epochs_setting", units.prolongation().setting());
    facts.put("epochs", units.prolongation().epochs());
    facts.put("units", units.units());
    facts.put(
        "work_seconds",
        plan.estimate(units).map(time -> time.middle().toMillis() / 1000.0).orElse(null));
    return facts;
  }

  private static Map<String, Object> facts(StagePlan stage) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("stage", stage.stage());
    facts.put("done", stage.done());
    facts.put("to_do", stage.missing().size());
    facts.put("left_out", stage.skipped());
    facts.put("given_up", stage.givenUp());
    facts.put("from_saved_progress", stage.resumable());
    facts.put("states", stage.states());
    facts.put(
        "mean_seconds",
        stage.meanDuration() == null ? null : stage.meanDuration().toMillis() / 1000.0);
    facts.put(
        "work_seconds",
        stage.estimate().whole().map(time -> time.toMillis() / 1000.0).orElse(null));
    return facts;
  }
}
