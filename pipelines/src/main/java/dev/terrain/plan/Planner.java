package dev.terrain.plan;

import dev.terrain.beam.units.RunControl;
import dev.terrain.ledger.RecordSummary;
import dev.terrain.plan.StandingReader.Training;
import dev.terrain.plan.UnitStanding.Fate;
import dev.terrain.stage.ConfiguredStage;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.standard.CellPlan;
import dev.terrain.stage.standard.UnitCosts;
import dev.terrain.stage.training.CheckpointStage;
import dev.terrain.stage.training.TrainStage;
import dev.terrain.stage.training.Units;
import dev.terrain.study.PlanFiles;
import dev.terrain.study.SweepData;
import dev.terrain.sweep.SweepExpansion;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.Unit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

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
  private final SweepData data;

  /**
   * A planner of runs of a sweep that compute everything that is missing; the data are read where
   * the context says.
   */
  public Planner(Sweep sweep, StageContext context) {
    this(sweep, context, RunControl.STANDARD, Forcing.NONE, SweepData.of(context.dataLocation()));
  }

  private Planner(
      Sweep sweep, StageContext context, RunControl control, Forcing forcing, SweepData data) {
    this.sweep = sweep;
    this.context = context;
    this.data = data;
    this.control = control;
    this.forcing = forcing;
  }

  /** What the run does about missing units. Default: {@link RunControl#STANDARD}. */
  public Planner withControl(RunControl newControl) {
    return new Planner(sweep, context, newControl, forcing, data);
  }

  /** What the run computes anew. Default: nothing. */
  public Planner withForcing(Forcing newForcing) {
    return new Planner(sweep, context, control, newForcing, data);
  }

  /** What the data sets hold. Default: they are read. */
  public Planner withData(SweepData newData) {
    return new Planner(sweep, context, control, forcing, newData);
  }

  /** Makes the plan; writes nothing. */
  public Plan plan() throws IOException {
    Map<String, StageCount> stages = new LinkedHashMap<>();
    for (String name : List.of(TrainStage.NAME, CheckpointStage.NAME)) {
      stages.put(name, new StageCount(name, sweep));
    }
    for (ConfiguredStage<?> measurement : CellPlan.of(sweep).measurements()) {
      String name = measurement.stage().name();
      stages.put(name, new StageCount(name, sweep));
    }
    UnitCosts costs = new UnitCosts(context.dataLocation());
    ProlongedUnits.Tally prolonged = new ProlongedUnits.Tally();
    int[] diverged = new int[1];
    visit(
        (standing, record) -> {
          StageCount count = stages.get(standing.unit().getStage());
          double nominal = costs.of(standing.unit());
          count.add(standing, nominal);
          if (standing.fate() == Fate.COMPUTE) {
            Unit unit = standing.unit();
            costs
                .prolongation(unit)
                .ifPresent(more -> prolonged.add(unit.getStage(), more, nominal));
          }
          if (record.isPresent()) {
            count.time(record.get(), nominal);
          }
          if (record.filter(RecordSummary::hasDiverged).isPresent()) {
            diverged[0]++;
          }
        });
    LedgerTimes times =
        new LedgerTimes(sweep, context, costs, new PlanFiles(context.store()).all());
    List<StagePlan> plans = new ArrayList<>();
    for (StageCount stage : stages.values()) {
      plans.add(stage.plan(times));
    }
    SweepExpansion expansion = SweepExpansion.of(sweep);
    return new Plan(
            expansion.cellCount(),
            expansion.modelCount(),
            diverged[0],
            List.copyOf(plans),
            prolonged.all())
        .withPacesOfOtherStages();
  }

  /**
   * The plan with times for all of its stages: where the ledger tells none at all, steps of the
   * smallest and of the largest training that is to be done are timed on this machine, for a second
   * at most beside starting the engine.
   */
  public Plan timedPlan() throws IOException {
    return timed(plan());
  }

  /** The same for a plan that is made. */
  public Plan timed(Plan plan) throws IOException {
    return plan.lacksTimes()
        ? new TrainingProbe(sweep, context.dataLocation()).pace().map(plan::withPace).orElse(plan)
        : plan;
  }

  /** Sees units one by one. */
  public interface Visitor {
    /**
     * Sees a unit.
     *
     * @param record that of a training that is done; empty for all other units
     */
    void visit(UnitStanding standing, Optional<RecordSummary> record) throws IOException;
  }

  /** Shows how the study stands with every unit of the sweep, cell by cell. */
  public void visit(Visitor visitor) throws IOException {
    EarlierRecords earlier =
        new EarlierRecords(sweep, data, context, new PlanFiles(context.store()).all());
    CellPlan plan = CellPlan.of(sweep);
    StandingReader standings = new StandingReader(context, control, forcing, earlier);
    SweepExpansion expansion = SweepExpansion.of(sweep);
    OrderedChunks.forEach(
        expansion.cells(),
        cell -> SweepUnits.trainings(cell, expansion, data),
        trainings -> visit(trainings, plan, standings, visitor));
  }

  private static void visit(
      List<List<Unit>> cells, CellPlan plan, StandingReader standings, Visitor visitor)
      throws IOException {
    List<TrainedCell> trained = new ArrayList<>();
    for (List<Unit> cell : cells) {
      List<Training> trainings = new ArrayList<>();
      for (Unit unit : cell) {
        trainings.add(standings.training(unit));
      }
      trained.add(new TrainedCell(trainings));
    }
    List<List<Unit>> measurements =
        OrderedChunks.map(trained, cell -> plan.units(cell.measured(), true));
    for (int i = 0; i < trained.size(); i++) {
      for (Training training : trained.get(i).trainings()) {
        visitor.visit(training.standing(), training.record());
      }
      Map<String, String> untrained = trained.get(i).untrained();
      for (ModelRef model : trained.get(i).measured()) {
        visitor.visit(standings.ofTrained(Units.checkpoint(model), untrained), Optional.empty());
      }
      for (Unit unit : measurements.get(i)) {
        visitor.visit(standings.ofTrained(unit, untrained), Optional.empty());
      }
    }
  }

  /** A cell, as far as its trainings go. */
  private record TrainedCell(List<Training> trainings) {
    /** The models that are measured: all but those that are known to diverge. */
    List<ModelRef> measured() {
      return models(record -> record.filter(RecordSummary::hasDiverged).isEmpty());
    }

    /** What measurements of each untrained model wait for, by its id. */
    Map<String, String> untrained() {
      Map<String, String> waiting = new HashMap<>();
      for (ModelRef model : models(Optional::isEmpty)) {
        waiting.put(model.getModelId(), StandingReader.training(model));
      }
      return waiting;
    }

    private List<ModelRef> models(Predicate<Optional<RecordSummary>> condition) {
      return trainings.stream()
          .filter(training -> condition.test(training.record()))
          .map(training -> training.standing().unit().getModels().get(0))
          .toList();
    }
  }
}
