package dev.terrain.pipelines;

import dev.terrain.pipelines.UnitStanding.Fate;
import dev.terrain.stage.TrainStage;
import dev.terrain.transforms.UnitSelection;
import dev.terrain.v1.Unit;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A bound on what a run computes, kept cell by cell, since the models of a cell are worth more
 * together. Cells come in the order of their ids, which spreads them over the grid.
 *
 * @param models most trainings; empty for any number
 * @param time longest time, by the mean times of the units that are done; empty for any
 * @param workers units at a time
 */
public record CellBudget(OptionalInt models, Optional<Duration> time, int workers) {
  /** Whether there is no bound. */
  public boolean isUnbounded() {
    return models.isEmpty() && time.isEmpty();
  }

  /**
   * The part of a selection that the budget allows.
   *
   * @throws IllegalArgumentException if it does not even allow the first cell, or no unit of a
   *     stage is done whose time would have to be known
   */
  UnitSelection limit(Planner planner, UnitSelection selection) throws IOException {
    TreeMap<String, Map<String, Integer>> cells = new TreeMap<>();
    planner.visit(
        (standing, result) -> {
          if (standing.fate() == Fate.COMPUTE) {
            Unit unit = standing.unit();
            cells
                .computeIfAbsent(unit.getCellId(), cell -> new HashMap<>())
                .merge(unit.getStage(), 1, Integer::sum);
          }
        });
    Map<String, Duration> times = time.isEmpty() ? Map.of() : times(planner);
    Duration allowed = time.map(limit -> limit.multipliedBy(workers)).orElse(Duration.ZERO);
    Duration spent = Duration.ZERO;
    int trained = 0;
    String last = "";
    for (Map.Entry<String, Map<String, Integer>> cell : cells.entrySet()) {
      int trainings = cell.getValue().getOrDefault(TrainStage.NAME, 0);
      trained += trainings;
      if (models.isPresent() && trained > models.getAsInt()) {
        return limit(
            selection, last, "--max-models", models.getAsInt() + "", trainings + " models");
      }
      if (time.isPresent()) {
        Duration cost = cost(cell.getValue(), times);
        spent = spent.plus(cost);
        if (spent.compareTo(allowed) > 0) {
          return limit(
              selection,
              last,
              "--max-hours",
              hours(time.get()),
              hours(cost.dividedBy(workers)) + " hours");
        }
      }
      last = cell.getKey();
    }
    return selection;
  }

  private static UnitSelection limit(
      UnitSelection selection, String last, String option, String given, String needed) {
    if (last.isEmpty()) {
      throw new IllegalArgumentException(
          "%s (%s) allows not even one cell, which needs %s".formatted(option, given, needed));
    }
    return selection.withLastCell(last);
  }

  private static Map<String, Duration> times(Planner planner) throws IOException {
    Map<String, Duration> times = new HashMap<>();
    for (StagePlan stage : planner.plan().stages()) {
      if (stage.meanDuration() != null) {
        times.put(stage.stage(), stage.meanDuration());
      }
    }
    return times;
  }

  private static Duration cost(Map<String, Integer> units, Map<String, Duration> times) {
    Duration cost = Duration.ZERO;
    for (Map.Entry<String, Integer> stage : units.entrySet()) {
      Duration mean = times.get(stage.getKey());
      if (mean == null) {
        throw new IllegalArgumentException(
            "--max-hours: how long a unit of '%s' takes is unknown until some are done; --max-models bounds a first run"
                .formatted(stage.getKey()));
      }
      cost = cost.plus(mean.multipliedBy(stage.getValue()));
    }
    return cost;
  }

  private static String hours(Duration duration) {
    return "%.3g".formatted(duration.toMillis() / 3.6e6);
  }
}
