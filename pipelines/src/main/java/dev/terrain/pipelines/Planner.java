package dev.terrain.pipelines;

import dev.terrain.pipelines.StandingReader.Training;
import dev.terrain.spec.SweepExpansion;
import dev.terrain.stage.CellData;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.TrainStage;
import dev.terrain.stage.Units;
import dev.terrain.store.RecordSummary;
import dev.terrain.transforms.RunControl;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.Unit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out what a run of a sweep would do: names every unit as the pipeline does and asks the
 * study how it stands. A record that cannot be read stops nothing here, as it stops nothing in a
 * run, where it becomes a row of the table of failures.
 */
public final class Planner {
  private final Sweep sweep;
  private final StageContext context;
  private final RunControl control;
  private final Forcing forcing;

  /** A planner of runs of a sweep that compute everything that is missing. */
  public Planner(Sweep sweep, StageContext context) {
    this(sweep, context, RunControl.STANDARD, Forcing.NONE);
  }

  private Planner(Sweep sweep, StageContext context, RunControl control, Forcing forcing) {
    this.sweep = sweep;
    this.context = context;
    this.control = control;
    this.forcing = forcing;
  }

  /** What the run does about missing units. Default: {@link RunControl#STANDARD}. */
  public Planner withControl(RunControl newControl) {
    return new Planner(sweep, context, newControl, forcing);
  }

  /** What the run computes anew. Default: nothing. */
  public Planner withForcing(Forcing newForcing) {
    return new Planner(sweep, context, control, newForcing);
  }

  /** Makes the plan; writes nothing. */
  public Plan plan() throws IOException {
    Map<String, StageCount> stages = new LinkedHashMap<>();
    stages.put(TrainStage.NAME, new StageCount(sweep));
    for (MetricFamily family : MetricFamily.values()) {
      if (family.isAskedFor(sweep)) {
        stages.put(family.stage(), new StageCount(sweep));
      }
    }
    int[] diverged = new int[1];
    visit(
        (standing, record) -> {
          StageCount count = stages.get(standing.unit().getStage());
          count.add(standing);
          record.ifPresent(count::time);
          if (record.filter(RecordSummary::hasDiverged).isPresent()) {
            diverged[0]++;
          }
        });
    List<StagePlan> plans = new ArrayList<>();
    for (Map.Entry<String, StageCount> stage : stages.entrySet()) {
      plans.add(stage.getValue().plan(stage.getKey(), context.ledger()));
    }
    SweepExpansion expansion = SweepExpansion.of(sweep);
    return new Plan(expansion.cellCount(), expansion.modelCount(), diverged[0], List.copyOf(plans));
  }

  /** Sees units one by one. */
  interface Visitor {
    /**
     * Sees a unit.
     *
     * @param record that of a training that is done; empty for measurements
     */
    void visit(UnitStanding standing, Optional<RecordSummary> record) throws IOException;
  }

  /** Shows how the study stands with every unit of the sweep, cell by cell. */
  void visit(Visitor visitor) throws IOException {
    List<Sweep> plans = new PlanFiles(context.store()).all();
    StandingReader standings =
        new StandingReader(context, control, forcing, new EarlierRecords(sweep, context, plans));
    SweepExpansion expansion = SweepExpansion.of(sweep);
    for (ModelSpec cell : (Iterable<ModelSpec>) expansion.cells()::iterator) {
      List<ModelRef> measured = new ArrayList<>();
      List<ModelRef> untrained = new ArrayList<>();
      for (ModelSpec spec : (Iterable<ModelSpec>) expansion.models(cell)::iterator) {
        Unit unit = Units.train(spec, CellData.sha256(spec, context.dataLocation()));
        ModelRef model = unit.getModels().get(0);
        Training training = standings.training(unit);
        visitor.visit(training.standing(), training.record());
        if (training.record().isEmpty()) {
          untrained.add(model);
        }
        if (training.record().filter(RecordSummary::hasDiverged).isEmpty()) {
          measured.add(model);
        }
      }
      for (Unit unit : SweepUnits.measurements(measured, sweep)) {
        visitor.visit(standings.measurement(unit, untrained), Optional.empty());
      }
    }
  }
}
