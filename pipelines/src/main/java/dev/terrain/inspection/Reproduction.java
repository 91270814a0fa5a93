package dev.terrain.inspection;

import dev.terrain.ledger.Ledger;
import dev.terrain.plan.UnitStanding;
import dev.terrain.plan.UnitState;
import dev.terrain.run.SweepRun;
import dev.terrain.stage.Stage;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.standard.Stages;
import dev.terrain.stage.training.TrainStage;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Computes units of a study once more, in a study of their own: the models are trained anew and
 * measured anew, and every value is held against the recorded one.
 */
public final class Reproduction {
  private final SweepRun original;
  private final StageContext scratch;
  private final Stages stages;

  /**
   * A reproduction of a study's units.
   *
   * @param scratch study that takes what is computed
   */
  public Reproduction(SweepRun original, StageContext scratch) {
    this(original, scratch, Stages.standard());
  }

  Reproduction(SweepRun original, StageContext scratch, Stages stages) {
    this.original = original;
    this.scratch = scratch;
    this.stages = stages;
  }

  /**
   * A value that was computed twice.
   *
   * @param unit the unit it belongs to
   * @param name row and column
   * @param recorded text, list of numbers or null
   * @param reproduced the same of the second computation
   * @param difference relative, 0 if equal, infinite if they cannot be compared
   */
  public record Value(
      Unit unit, String name, Object recorded, Object reproduced, double difference) {}

  /**
   * Computes the done units of a subject once more.
   *
   * @throws IllegalArgumentException if none of its units is done
   * @throws IOException if the study, the data or the scratch study fails
   */
  public List<Value> of(StudySubject subject) throws IOException {
    List<Unit> units =
        subject.ownUnits().stream()
            .filter(standing -> standing.state() == UnitState.DONE)
            .map(UnitStanding::unit)
            .toList();
    if (units.isEmpty()) {
      throw new IllegalArgumentException(
          "ID (%s) must name something that is done; 'terrain explain' says how it stands"
              .formatted(subject.id()));
    }
    for (Unit training : trainings(units)) {
      compute(training);
    }
    Ledger ledger = new Ledger(original.store());
    List<Value> values = new ArrayList<>();
    for (Unit unit : units) {
      UnitResult recorded = ledger.find(unit.getStage(), unit.getKey()).orElseThrow();
      compare(unit, recorded, compute(unit), values);
    }
    return values;
  }

  /** The trainings of the units' models. */
  private List<Unit> trainings(List<Unit> units) throws IOException {
    Set<String> models = new HashSet<>();
    units.forEach(unit -> unit.getModels().stream().map(ModelRef::getModelId).forEach(models::add));
    List<Unit> trainings = new ArrayList<>();
    original.visit(
        standing -> {
          Unit unit = standing.unit();
          if (unit.getStage().equals(TrainStage.NAME)
              && models.contains(unit.getModels().get(0).getModelId())) {
            trainings.add(unit);
          }
        });
    return trainings;
  }

  private UnitResult compute(Unit unit) throws IOException {
    Ledger ledger = scratch.ledger();
    UnitResult earlier = ledger.find(unit.getStage(), unit.getKey()).orElse(null);
    if (earlier != null) {
      return earlier;
    }
    Stage stage = stages.computing(unit.getStage());
    UnitResult result = stage.compute(unit, scratch);
    ledger.record(result);
    stage.recorded(unit, scratch);
    return result;
  }

  private static void compare(
      Unit unit, UnitResult recorded, UnitResult reproduced, List<Value> values) {
    Map<String, Object> first = ResultValues.of(recorded);
    Map<String, Object> second = ResultValues.of(reproduced);
    Map<String, Object> names = new LinkedHashMap<>(first);
    names.putAll(second);
    for (String name : names.keySet()) {
      Object one = first.get(name);
      Object other = second.get(name);
      if (one != null || other != null) {
        values.add(new Value(unit, name, one, other, ResultValues.relativeDifference(one, other)));
      }
    }
  }
}
