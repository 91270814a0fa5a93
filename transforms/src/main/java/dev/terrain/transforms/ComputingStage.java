package dev.terrain.transforms;

import dev.terrain.stage.Stage;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.StageListener;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.io.Serializable;
import java.util.function.Consumer;
import org.apache.beam.sdk.values.KV;

/**
 * A stage and the study that it computes units of, as an instance of a function has them: begins
 * the work on units, and counts and hands on what comes of it.
 */
final class ComputingStage implements Serializable {
  private static final long serialVersionUID = 1;

  private final Stage stage;
  private final StudyAddress study;
  private final StageCounters counters;
  private transient StageContext context;

  ComputingStage(Stage stage, StudyAddress study) {
    this.stage = stage;
    this.study = study;
    this.counters = new StageCounters(stage.name());
  }

  void open() {
    context = study.open(StageListener.SILENT);
  }

  String name() {
    return stage.name();
  }

  StudyAddress study() {
    return study;
  }

  UnitWork workOn(Unit unit) {
    return new UnitWork(unit, stage, context);
  }

  /** Counts what has happened inside a unit since the last call. */
  void countSteps(UnitWork work) {
    counters.add(work.newSteps());
  }

  /** Counts a unit that has ended, and hands its outcome to one of the two. */
  void end(UnitWork work, Consumer<KV<Unit, UnitResult>> computed, Consumer<Failure> failed) {
    countSteps(work);
    try {
      UnitResult result = work.outcome();
      counters.unitComputed(work.cost());
      computed.accept(KV.of(work.unit(), result));
    } catch (IOException | RuntimeException e) {
      counters.unitFailed();
      failed.accept(Failures.of(work.unit(), e));
    }
  }
}
