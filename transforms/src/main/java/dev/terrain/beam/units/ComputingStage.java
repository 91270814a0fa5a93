package dev.terrain.beam.units;

import dev.terrain.stage.StackingStage;
import dev.terrain.stage.Stage;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.StageListener;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stage and the study that it computes units of, as an instance of a function has them: begins
 * the work on units, and counts and hands on what comes of it.
 */
final class ComputingStage implements Serializable {
  private static final long serialVersionUID = 1;

  private static final Logger LOG = LoggerFactory.getLogger(ComputingStage.class);

  private final Stage stage;
  private final StudyAddress study;
  private final StageCounters counters;
  private transient @Nullable StageContext context;

  ComputingStage(Stage stage, StudyAddress study) {
    this.stage = stage;
    this.study = study;
    this.counters = new StageCounters(stage.name());
  }

  void open() {
    context = study.open(StageListener.SILENT);
  }

  private StageContext context() {
    return Objects.requireNonNull(context);
  }

  String name() {
    return stage.name();
  }

  StudyAddress study() {
    return study;
  }

  UnitWork workOn(Unit unit) {
    return new UnitWork(
        unit, stage, context(), study.control().stopMarker(), stackTerms(unit).orElse(null));
  }

  private Optional<StackTerms> stackTerms(Unit unit) {
    if (!study.stack().allowsStacks() || !(stage instanceof StackingStage stacking)) {
      return Optional.empty();
    }
    try {
      return stacking
          .stackKey(unit, context())
          .map(
              key ->
                  new StackTerms(
                      new StackKey(
                          study.study(),
                          study.dataLocation(),
                          stage.name(),
                          stage.codeVersion(),
                          key),
                      stacking,
                      study.stack()));
    } catch (IOException | RuntimeException e) {
      // Whatever is wrong is the unit's own trouble, and shows when it is computed.
      LOG.debug("{} {} is computed alone", unit.getStage(), unit.getKey(), e);
      return Optional.empty();
    }
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
      if (work.isRecordedElsewhere()) {
        counters.unitRemembered();
      } else {
        counters.unitComputed(work.cost());
      }
      computed.accept(KV.of(work.unit(), result));
    } catch (CancellationException e) {
      counters.unitSkipped();
    } catch (IOException | RuntimeException e) {
      counters.unitFailed();
      failed.accept(keep(work.unit(), e));
    }
  }

  /** A failure that cannot be kept is no worse than the unit's. */
  private Failure keep(Unit unit, Exception exception) {
    try {
      int tried =
          context()
              .failedUnits()
              .find(unit.getStage(), unit.getKey())
              .map(Failure::getAttempt)
              .orElse(0);
      Failure failure = Failures.of(unit, exception, tried + 1);
      context().failedUnits().record(failure);
      return failure;
    } catch (IOException e) {
      LOG.warn("{}", e.getMessage());
      return Failures.of(unit, exception, 1);
    }
  }
}
