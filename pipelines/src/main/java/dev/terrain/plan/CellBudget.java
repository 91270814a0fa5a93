package dev.terrain.plan;

import dev.terrain.beam.units.UnitSelection;
import dev.terrain.plan.UnitStanding.Fate;
import dev.terrain.stage.training.TrainStage;
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
 * @param time longest time, as {@link Planner#timedPlan} expects; empty for any
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
   * @throws IllegalArgumentException if it does not even allow the first cell, or nothing tells how
   *     long the units of a stage take
   */
  public UnitSelection limit(Planner planner, UnitSelection selection) throws IOException {
    Map<String, StagePlan> stages = new HashMap<>();
    if (time.isPresent()) {
      planner.timedPlan().stages().forEach(stage -> stages.put(stage.stage(), stage));
    }
    TreeMap<String, CellWork> cells = new TreeMap<>();
    planner.visit(
        (standing, result) -> {
          if (standing.fate() == Fate.COMPUTE) {
            Unit unit = standing.unit();
            cells
                .computeIfAbsent(unit.getCellId(), cell -> new CellWork())
                .add(unit, stages.get(unit.getStage()));
          }
        });
    Duration allowed = time.map(limit -> limit.multipliedBy(workers)).orElse(Duration.ZERO);
    Duration spent = Duration.ZERO;
    int trained = 0;
    String last = "";
    for (Map.Entry<String, CellWork> cell : cells.entrySet()) {
      trained += cell.getValue().trainings;
      if (models.isPresent() && trained > models.getAsInt()) {
        return limit(
            selection,
            last,
            "--max-models",
            models.getAsInt() + "",
            cell.getValue().trainings + " models");
      }
      if (time.isPresent()) {
        Duration cost = cell.getValue().time;
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

  /** What a cell has to do. */
  private static final class CellWork {
    private int trainings;
    private Duration time = Duration.ZERO;

    /** Takes in a unit; without a plan of its stage its time does not matter. */
    void add(Unit unit, StagePlan stage) {
      if (unit.getStage().equals(TrainStage.NAME)) {
        trainings++;
      }
      if (stage != null) {
        Pace pace =
            stage
                .pace()
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "--max-hours: how long a unit of '%s' takes is unknown until some are done; --max-models bounds a first run"
                                .formatted(stage.stage())));
        double nominal = stage.work().getOrDefault(unit.getKey(), 0.0);
        time = time.plus(TimeEstimate.of(nominal, pace).middle());
      }
    }
  }

  private static UnitSelection limit(
      UnitSelection selection, String last, String option, String given, String needed) {
    if (last.isEmpty()) {
      throw new IllegalArgumentException(
          "%s (%s) allows not even one cell, which needs %s".formatted(option, given, needed));
    }
    return selection.withLastCell(last);
  }

  private static String hours(Duration duration) {
    return "%.3g".formatted(duration.toNanos() / 3.6e12);
  }
}
