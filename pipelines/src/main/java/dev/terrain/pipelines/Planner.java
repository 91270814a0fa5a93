package dev.terrain.pipelines;

import dev.terrain.spec.SweepExpansion;
import dev.terrain.stage.CellData;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.TrainStage;
import dev.terrain.stage.Units;
import dev.terrain.store.Checkpoints;
import dev.terrain.store.CorruptRecordException;
import dev.terrain.store.Ledger;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.ModelStatus;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out what a run of a sweep would do: names every unit as the pipeline does and asks the
 * ledger. A record that cannot be read stops nothing here, as it stops nothing in a run, where it
 * becomes a row of the table of failures.
 */
public final class Planner {
  private static final int EXAMPLES = 20;
  private static final int TIMED_UNITS = 100;
  private static final String NEW = "new";
  private static final String GOES_ON = "goes on from saved progress";
  private static final String FAILED = "failed in the last run";

  private final Sweep sweep;
  private final StageContext context;
  private final Set<String> failedKeys;
  private final Ledger ledger;
  private final Map<String, Progress> stages = new LinkedHashMap<>();

  /**
   * @param failedKeys keys of the units that failed in the last run
   */
  public Planner(Sweep sweep, StageContext context, Set<String> failedKeys) {
    this.sweep = sweep;
    this.context = context;
    this.failedKeys = failedKeys;
    this.ledger = context.ledger();
  }

  /** Makes the plan; writes nothing. */
  public Plan plan() throws IOException {
    SweepExpansion expansion = SweepExpansion.of(sweep);
    stage(TrainStage.NAME);
    for (MetricFamily family : MetricFamily.values()) {
      if (family.isAskedFor(sweep)) {
        stage(family.stage());
      }
    }
    int diverged = 0;
    for (ModelSpec cell : (Iterable<ModelSpec>) expansion.cells()::iterator) {
      List<ModelRef> measured = new ArrayList<>();
      for (ModelSpec spec : (Iterable<ModelSpec>) expansion.models(cell)::iterator) {
        Unit unit = Units.train(spec, CellData.sha256(spec, context.dataLocation()));
        if (add(unit) == ModelStatus.DIVERGED) {
          diverged++;
        } else {
          measured.add(unit.getModels().get(0));
        }
      }
      SweepUnits.measurements(measured, sweep).forEach(this::look);
    }
    List<StagePlan> plans = new ArrayList<>();
    for (Map.Entry<String, Progress> stage : stages.entrySet()) {
      plans.add(stage.getValue().plan(stage.getKey()));
    }
    return new Plan(expansion.cellCount(), expansion.modelCount(), diverged, List.copyOf(plans));
  }

  private void stage(String name) throws IOException {
    stages.put(name, new Progress(name.equals(TrainStage.NAME) ? Set.of() : ledger.keys(name)));
  }

  /** Adds a training; the ledger's record tells whether the model diverged. */
  private ModelStatus add(Unit unit) throws IOException {
    Progress progress = stages.get(unit.getStage());
    try {
      Optional<UnitResult> result = ledger.find(unit.getStage(), unit.getKey());
      if (result.isPresent()) {
        progress.done++;
        progress.time(result.get());
        return result.get().getModels().get(0).getStatus();
      }
      String modelId = unit.getModels().get(0).getModelId();
      boolean resumable = context.store().exists(Checkpoints.progressName(modelId));
      progress.missing(unit, resumable ? GOES_ON : NEW);
    } catch (CorruptRecordException e) {
      progress.missing(unit, e.getMessage());
    }
    return ModelStatus.TRAINED;
  }

  private void look(Unit unit) {
    Progress progress = stages.get(unit.getStage());
    if (progress.recorded.contains(unit.getKey())) {
      progress.done++;
      progress.keysDone.add(unit.getKey());
    } else {
      progress.missing(unit, NEW);
    }
  }

  /** Counts one stage. */
  private final class Progress {
    private final Set<String> recorded;
    private final List<String> keysDone = new ArrayList<>();
    private final Set<String> missing = new LinkedHashSet<>();
    private final List<String> examples = new ArrayList<>();
    private int done;
    private int resumable;
    private int failedBefore;
    private long milliseconds;
    private int timed;

    Progress(Set<String> recorded) {
      this.recorded = recorded;
    }

    void missing(Unit unit, String reason) {
      if (!missing.add(unit.getKey())) {
        return;
      }
      boolean failed = failedKeys.contains(unit.getKey());
      if (failed) {
        failedBefore++;
      } else if (reason.equals(GOES_ON)) {
        resumable++;
      }
      if (examples.size() < EXAMPLES) {
        examples.add(UnitName.of(unit.getModels(), sweep) + ": " + (failed ? FAILED : reason));
      }
    }

    void time(UnitResult result) {
      milliseconds += result.getDurationMs();
      timed++;
    }

    private void time(String stage, String key) throws IOException {
      try {
        ledger.find(stage, key).ifPresent(this::time);
      } catch (CorruptRecordException e) {
        // The others tell the mean time as well.
        return;
      }
    }

    StagePlan plan(String stage) throws IOException {
      for (String key : keysDone.subList(0, Math.min(TIMED_UNITS, keysDone.size()))) {
        time(stage, key);
      }
      return new StagePlan(
          stage,
          done,
          missing,
          resumable,
          failedBefore,
          examples,
          timed == 0 ? null : Duration.ofMillis(milliseconds / timed));
    }
  }
}
