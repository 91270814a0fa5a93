package dev.terrain.plan;

import dev.terrain.beam.units.RunControl;
import dev.terrain.ledger.CorruptRecordException;
import dev.terrain.ledger.Ledger;
import dev.terrain.ledger.RecordSummary;
import dev.terrain.plan.UnitStanding.Fate;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.training.TrainStage;
import dev.terrain.study.ShortId;
import dev.terrain.v1.Failure;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Unit;
import dev.terrain.weights.Checkpoints;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds out how a study stands with units; reads the names in its ledger once a stage. */
final class StandingReader {
  /** A bucket answers a question a request, and lists a thousand files a request. */
  private static final int ASKED_SINGLY = 100;

  private final StageContext context;
  private final RunControl control;
  private final Forcing forcing;
  private final Ledger ledger;
  private final EarlierRecords earlier;
  private final Map<String, Set<String>> recorded = new HashMap<>();
  private final Map<String, Set<String>> failed = new HashMap<>();
  private Set<String> progress;
  private int asked;

  StandingReader(
      StageContext context, RunControl control, Forcing forcing, EarlierRecords earlier) {
    this.context = context;
    this.control = control;
    this.forcing = forcing;
    this.ledger = context.ledger();
    this.earlier = earlier;
  }

  /**
   * How the study stands with a training.
   *
   * @param record what the ledger has of it, if it can be read
   */
  record Training(UnitStanding standing, Optional<RecordSummary> record) {}

  Training training(Unit unit) throws IOException {
    try {
      Optional<RecordSummary> record =
          recorded(unit.getStage()).contains(unit.getKey())
              ? ledger.summary(unit.getStage(), unit.getKey())
              : Optional.empty();
      return new Training(record.isPresent() ? done(unit) : missing(unit), record);
    } catch (CorruptRecordException e) {
      Fate fate = control.rerunFailed() ? Fate.COMPUTE : Fate.GIVE_UP;
      return new Training(
          new UnitStanding(unit, UnitState.CORRUPT, Optional.of(e.getMessage()), false, fate),
          Optional.empty());
    }
  }

  /**
   * How the study stands with a unit that builds on trainings; whether its record can be read is
   * not looked at.
   *
   * @param untrained by the ids of those models of its cell whose training is not done, what that
   *     {@linkplain #training(ModelRef) training} is called
   */
  UnitStanding ofTrained(Unit unit, Map<String, String> untrained) throws IOException {
    if (recorded(unit.getStage()).contains(unit.getKey())) {
      return done(unit);
    }
    String upstream = untrained.isEmpty() ? "" : upstream(unit, untrained);
    return upstream.isEmpty() ? missing(unit) : standing(unit, UnitState.UPSTREAM, upstream);
  }

  /** The unit's own name tells the cell. */
  static String training(ModelRef model) {
    return "training of seed "
        + model.getSpec().getSeed()
        + ", model "
        + ShortId.of(model.getModelId());
  }

  private static String upstream(Unit unit, Map<String, String> untrained) {
    return unit.getModels().stream()
        .map(model -> untrained.get(model.getModelId()))
        .filter(Objects::nonNull)
        .collect(Collectors.joining(", "));
  }

  private UnitStanding done(Unit unit) {
    boolean forced = forcing.concerns(unit.getStage()) && control.selection().admits(unit);
    return new UnitStanding(
        unit,
        forced ? UnitState.FORCED : UnitState.DONE,
        Optional.empty(),
        false,
        forced ? Fate.COMPUTE : Fate.REMEMBER);
  }

  private UnitStanding missing(Unit unit) throws IOException {
    if (failed(unit.getStage()).contains(unit.getKey())) {
      Optional<Failure> failure = context.failedUnits().find(unit.getStage(), unit.getKey());
      if (failure.isPresent()) {
        return failed(unit, failure.get());
      }
    }
    Optional<EarlierRecords.Found> found = earlier.find(unit);
    if (found.isPresent()) {
      return standing(unit, found.get().state(), found.get().detail());
    }
    return standing(unit, UnitState.MISSING, null);
  }

  private UnitStanding failed(Unit unit, Failure failure) throws IOException {
    UnitStanding standing =
        standing(
            unit,
            UnitState.FAILED,
            "%s (attempt %d of %d)"
                .formatted(failure.getMessage(), failure.getAttempt(), control.maxAttempts()));
    return standing.fate() == Fate.COMPUTE && !control.triesAgain(failure.getAttempt())
        ? new UnitStanding(
            unit, standing.state(), standing.detail(), standing.isResumable(), Fate.GIVE_UP)
        : standing;
  }

  private UnitStanding standing(Unit unit, UnitState state, String detail) throws IOException {
    return new UnitStanding(
        unit,
        state,
        Optional.ofNullable(detail),
        isResumable(unit),
        control.selection().admits(unit) ? Fate.COMPUTE : Fate.SKIP);
  }

  private boolean isResumable(Unit unit) throws IOException {
    return unit.getStage().equals(TrainStage.NAME)
        && hasProgress(unit.getModels().get(0).getModelId());
  }

  private boolean hasProgress(String modelId) throws IOException {
    if (progress == null && asked < ASKED_SINGLY) {
      asked++;
      return context.store().exists(Checkpoints.progressName(modelId));
    }
    if (progress == null) {
      progress = context.checkpoints().files().progress().keySet();
    }
    return progress.contains(modelId);
  }

  private Set<String> recorded(String stage) throws IOException {
    Set<String> keys = recorded.get(stage);
    if (keys == null) {
      keys = ledger.keys(stage);
      recorded.put(stage, keys);
    }
    return keys;
  }

  private Set<String> failed(String stage) throws IOException {
    Set<String> keys = failed.get(stage);
    if (keys == null) {
      keys = context.failedUnits().keys(stage);
      failed.put(stage, keys);
    }
    return keys;
  }
}
