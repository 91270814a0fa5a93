package dev.terrain.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.terrain.plan.Plan;
import dev.terrain.plan.StagePlan;
import dev.terrain.plan.UnitState;
import dev.terrain.status.RecentUnits;
import dev.terrain.status.SavedTraining;
import dev.terrain.status.StudyStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Prints the status of a study for people or for programs. */
final class StatusPrinter {
  private static final int SHOWN_TRAININGS = 20;
  private static final int SHOWN_MODELS = 3;
  private static final int SHOWN_DIGITS = 12;

  private final StudyStatus status;
  private final Plan plan;
  private final TablesText tables;

  StatusPrinter(StudyStatus status, TablesText tables) {
    this.status = status;
    this.tables = tables;
    this.plan = status.plan();
  }

  void print(PrintWriter out, boolean json) throws IOException {
    if (json) {
      printJson(out);
    } else {
      printText(out);
    }
    out.flush();
  }

  private void printText(PrintWriter out) {
    out.printf(
        "%d cells, %d models%s%n",
        plan.cells(),
        plan.models(),
        plan.diverged() == 0 ? "" : ", " + plan.diverged() + " of them diverged");
    out.printf(
        "  %-13s %7s %7s %7s %11s  %s%n",
        "stage", "done", "to do", "failed", "units/min", "last finished");
    for (StagePlan stage : plan.stages()) {
      RecentUnits recent = status.recent().get(stage.stage());
      out.printf(
          "  %-13s %7d %7d %7d %11s  %s%n",
          stage.stage(),
          stage.done(),
          stage.missing().size(),
          stage.in(UnitState.FAILED),
          recent.units() == 0 ? "-" : "%.1f".formatted(recent.perMinute()),
          recent.lastFinished() == null ? "-" : ago(recent.lastFinished()));
    }
    printTrainings(out);
    printMissingWeights(out);
    out.println(left());
    tables.note().ifPresent(out::println);
  }

  private void printMissingWeights(PrintWriter out) {
    List<String> missing = status.withoutWeights();
    if (!missing.isEmpty()) {
      out.printf(
          "missing weights: %d (%s%s); restore the files, or train these models again"
              + " with 'terrain run --force=train'%n",
          missing.size(),
          missing.stream()
              .limit(SHOWN_MODELS)
              .map(id -> id.substring(0, SHOWN_DIGITS))
              .collect(Collectors.joining(", ")),
          missing.size() > SHOWN_MODELS ? ", …" : "");
    }
  }

  private void printTrainings(PrintWriter out) {
    List<SavedTraining> trainings = status.trainings();
    for (SavedTraining training :
        trainings.subList(0, Math.min(SHOWN_TRAININGS, trainings.size()))) {
      out.printf(
          "training %s: epoch %s of %d, saved %s%s%n",
          training.name(),
          Objects.requireNonNullElse(training.epochsDone(), "?"),
          training.epochs(),
          ago(training.saved()),
          training.isStalled(status.now()) ? ": stalled, or its run has ended" : "");
    }
    if (trainings.size() > SHOWN_TRAININGS) {
      out.printf("training %d more%n", trainings.size() - SHOWN_TRAININGS);
    }
  }

  private String left() {
    if (plan.isComplete()) {
      return "nothing to train or measure: all %d units are remembered".formatted(plan.total());
    }
    String time =
        status
            .timeLeft()
            .map(left -> EstimateText.of(left) + " left as things go")
            .orElse(
                status.busyWorkers() == 0
                    ? "nobody works on it, as far as its files tell"
                    : "time left: unknown until a unit is done");
    return "%d of %d units done; %s".formatted(plan.done(), plan.total(), time);
  }

  private String ago(Instant instant) {
    Duration age = Duration.between(instant, status.now());
    return Durations.text(age.isNegative() ? Duration.ZERO : age) + " ago";
  }

  private void printJson(PrintWriter out) throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("cells", plan.cells());
    facts.put("models", plan.models());
    facts.put("diverged", plan.diverged());
    facts.put("weights_missing", status.withoutWeights().size());
    facts.put("units_done", plan.done());
    facts.put("units_to_do", plan.missing());
    facts.put("busy_workers", status.busyWorkers());
    facts.putAll(
        status
            .timeLeft()
            .map(EstimateText::facts)
            .orElse(Collections.singletonMap("estimated_seconds", null)));
    facts.put("last_finished", status.lastFinished().map(Instant::toString).orElse(null));
    facts.put("tables", tables.facts());
    facts.put("stages", plan.stages().stream().map(this::facts).toList());
    facts.put("trainings", status.trainings().stream().map(this::facts).toList());
    out.println(
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(facts));
  }

  private Map<String, Object> facts(StagePlan stage) {
    RecentUnits recent = status.recent().get(stage.stage());
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("stage", stage.stage());
    facts.put("done", stage.done());
    facts.put("to_do", stage.missing().size());
    facts.put("failed", stage.in(UnitState.FAILED));
    facts.put("given_up", stage.givenUp());
    facts.put(
        "mean_seconds",
        stage.meanDuration() == null ? null : stage.meanDuration().toMillis() / 1000.0);
    facts.put("units_per_minute", recent.perMinute());
    facts.put("last_finished", Objects.toString(recent.lastFinished(), null));
    return facts;
  }

  private Map<String, Object> facts(SavedTraining training) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("model_id", training.modelId());
    facts.put("name", training.name());
    facts.put("epochs_done", training.epochsDone());
    facts.put("epochs", training.epochs());
    facts.put("saved_at", training.saved().toString());
    facts.put("stalled", training.isStalled(status.now()));
    return facts;
  }
}
