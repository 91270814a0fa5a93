package dev.terrain.beam.watch;

import dev.terrain.stage.standard.Stages;
import dev.terrain.stage.training.TrainStage;
import dev.terrain.v1.CellDemand;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelStatus;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.UnitResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rows of one cell that one frame asks for, as far as they are known.
 *
 * <p>While a cell that has grown is measured again as a whole, what was measured before stands in
 * for what is not yet there; once everything is there, only that counts.
 */
final class CellReview {
  private final CellDemand first;
  private final Sweep frame;
  private final Stages stages;
  private final Map<String, List<CellDemand>> demands = new HashMap<>();
  private final Map<String, UnitResult> results;
  private final Set<String> failed;

  /**
   * @param demands all that were ever made by one frame, of all stages
   * @param results the cell's results by key, those of trainings by model id
   * @param failed keys of failed units; of failed trainings, and of weights that are not sound, the
   *     ids of the models
   */
  CellReview(
      Collection<CellDemand> demands,
      Map<String, UnitResult> results,
      Set<String> failed,
      Stages stages) {
    this.stages = stages;
    this.first = demands.iterator().next();
    this.frame = first.getFrame();
    this.results = results;
    this.failed = failed;
    demands.stream()
        .sorted(Comparator.comparingInt(CellDemand::getGeneration))
        .forEach(
            demand ->
                this.demands
                    .computeIfAbsent(demand.getStage(), stage -> new ArrayList<>())
                    .add(demand));
  }

  /** The key of a result among those of its cell. */
  static String key(UnitResult result) {
    return result.getStage().equals(TrainStage.NAME)
        ? result.getModels().get(0).getModelId()
        : result.getKey();
  }

  /** One of the frame's demands: they are all of one cell. */
  CellDemand demand() {
    return first;
  }

  /**
   * The demands that decide this review, now and whatever becomes known: none from before the last
   * one that is done, and none whose units a later one names, too.
   */
  List<CellDemand> demandsThatCount() {
    List<CellDemand> counting = new ArrayList<>();
    for (List<CellDemand> generations : demands.values()) {
      List<Set<String>> later = new ArrayList<>();
      int least = firstThatCounts(generations);
      for (int i = generations.size() - 1; i >= least; i--) {
        Set<String> units = new HashSet<>(generations.get(i).getUnits());
        if (later.stream().noneMatch(named -> named.containsAll(units))) {
          later.add(units);
          counting.add(generations.get(i));
        }
      }
    }
    return counting;
  }

  /** Rows of the table of models. */
  List<Model> models() {
    return demanded(TrainStage.NAME).stream()
        .flatMap(result -> result.getModels().stream())
        .toList();
  }

  /** Rows of the table of measurements. */
  List<Measurement> measurements() {
    Map<List<String>, Measurement> rows = new LinkedHashMap<>();
    for (String stage : demands.keySet()) {
      for (UnitResult result : demanded(stage)) {
        result.getMeasurements().forEach(row -> rows.put(identity(row), row));
      }
    }
    return List.copyOf(rows.values());
  }

  /** Whether nothing is missing that the frame's requests up to now ask for. */
  boolean isComplete() {
    if (!demands.containsKey(TrainStage.NAME)
        || !demands.values().stream().allMatch(stage -> isDone(last(stage)))) {
      return false;
    }
    long trained =
        models().stream()
            .filter(model -> model.getStatus() == ModelStatus.TRAINED)
            .filter(model -> !failed.contains(model.getModelId()))
            .count();
    return stages.measurements().stream()
        .filter(stage -> stage.isAskedFor(frame))
        .allMatch(stage -> trained < stage.scope().leastModels() || covers(stage.name(), trained));
  }

  private boolean covers(String stage, long trained) {
    return demands.containsKey(stage) && last(demands.get(stage)).getModels() == trained;
  }

  /** Results of a stage, the later ones replacing the earlier ones. */
  private List<UnitResult> demanded(String stage) {
    List<CellDemand> generations = demands.getOrDefault(stage, List.of());
    List<UnitResult> found = new ArrayList<>();
    for (int i = firstThatCounts(generations); i < generations.size(); i++) {
      for (String key : generations.get(i).getUnits()) {
        if (results.containsKey(key)) {
          found.add(results.get(key));
        }
      }
    }
    return found;
  }

  /** The last generation that is done, or the first if none is. */
  private int firstThatCounts(List<CellDemand> generations) {
    int first = generations.size() - 1;
    while (first > 0 && !isDone(generations.get(first))) {
      first--;
    }
    return Math.max(first, 0);
  }

  private boolean isDone(CellDemand demand) {
    return demand.getUnits().stream()
        .allMatch(key -> results.containsKey(key) || failed.contains(key));
  }

  private static CellDemand last(List<CellDemand> generations) {
    return generations.get(generations.size() - 1);
  }

  private static List<String> identity(Measurement row) {
    return List.of(
        row.getSubject().toString(),
        row.getMetric(),
        row.getVariant(),
        String.valueOf(row.getParameters()),
        String.valueOf(row.getModelId()),
        String.valueOf(row.getOtherModelId()));
  }
}
