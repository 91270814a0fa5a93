package dev.terrain.cli;

import dev.terrain.plan.UnitStanding;
import dev.terrain.plan.UnitState;
import dev.terrain.run.SweepRun;
import dev.terrain.v1.ModelRef;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How a study stands with the units of each cell, or with those of each model alone. */
final class StandingCounts {
  private static final int ID_DIGITS = 12;

  private final SweepRun run;
  private final boolean ofModels;
  private final Map<String, Subject> subjects = new LinkedHashMap<>();

  /**
   * @param ofModels whether models are counted, and not cells
   */
  StandingCounts(SweepRun run, boolean ofModels) {
    this.run = run;
    this.ofModels = ofModels;
  }

  private record Subject(String name, String cellId, Map<UnitState, Integer> states) {}

  /** Takes in a unit; those of pairs and cells are no model's alone. */
  void add(UnitStanding standing) {
    List<ModelRef> models = standing.unit().getModels();
    if (ofModels && models.size() > 1) {
      return;
    }
    ModelRef model = models.get(0);
    subjects
        .computeIfAbsent(
            ofModels ? model.getModelId() : model.getCellId(),
            id ->
                new Subject(
                    ofModels ? run.modelName(model.getSpec()) : run.cellName(model.getSpec()),
                    model.getCellId(),
                    new EnumMap<>(UnitState.class)))
        .states
        .merge(standing.state(), 1, Integer::sum);
  }

  void print(PrintWriter out) {
    int width = subjects.values().stream().mapToInt(one -> one.name().length()).max().orElse(0);
    subjects.forEach(
        (id, subject) ->
            out.printf(
                "%s %-" + Math.max(1, width) + "s  %s%n",
                id.substring(0, ID_DIGITS),
                subject.name(),
                subject.states().entrySet().stream()
                    .map(state -> state.getValue() + " " + state.getKey())
                    .collect(Collectors.joining(", "))));
  }

  /** One for each, in the order of the sweep. */
  List<Map<String, Object>> facts() {
    return subjects.entrySet().stream()
        .map(
            subject -> {
              Map<String, Object> facts = new LinkedHashMap<>();
              facts.put("cell_id", subject.getValue().cellId());
              if (ofModels) {
                facts.put("model_id", subject.getKey());
              }
              facts.put("name", subject.getValue().name());
              facts.put("units", subject.getValue().states());
              return facts;
            })
        .toList();
  }
}
