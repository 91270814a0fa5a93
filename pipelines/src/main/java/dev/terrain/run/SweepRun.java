package dev.terrain.run;

import dev.terrain.beam.units.StudyAddress;
import dev.terrain.beam.units.UnitSelection;
import dev.terrain.checks.DefaultChecks;
import dev.terrain.ledger.LedgerCompaction;
import dev.terrain.plan.CellBudget;
import dev.terrain.plan.Forcing;
import dev.terrain.plan.Plan;
import dev.terrain.plan.Planner;
import dev.terrain.plan.UnitStanding;
import dev.terrain.plan.UnitState;
import dev.terrain.stage.StageContext;
import dev.terrain.stage.StageListener;
import dev.terrain.stage.standard.DataRules;
import dev.terrain.stage.standard.Stages;
import dev.terrain.stage.training.TrainStage;
import dev.terrain.status.StatusReader;
import dev.terrain.status.StudyStatus;
import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.study.PlanFiles;
import dev.terrain.study.PlannedData;
import dev.terrain.study.StoredManifest;
import dev.terrain.study.SweepData;
import dev.terrain.study.UnitName;
import dev.terrain.sweep.InvalidSweepException;
import dev.terrain.v1.Check;
import dev.terrain.v1.CheckResult;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.Unit;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * One run of a sweep into a study: checks, plan, pipeline, check of the tables, report. Does only
 * what the study's ledger lacks.
 */
public final class SweepRun {
  private final Sweep sweep;
  private final StudyAddress address;
  private final ObjectStore store;
  private final StageContext context;
  private final SweepTables tables;
  private final SweepData data;
  private final boolean attended;

  /** A run of a sweep into a study, with the data at the address; nothing is done yet. */
  public SweepRun(Sweep sweep, StudyAddress address) {
    this(sweep, address, SweepData.of(address.dataLocation()), true);
  }

  /** What is known of a sweep in a study, whose data need not be at hand. */
  static SweepRun looking(Sweep sweep, StudyAddress address, SweepData data) {
    return new SweepRun(sweep, address, data, true);
  }

  private SweepRun(Sweep sweep, StudyAddress address, SweepData data, boolean attended) {
    this.sweep = sweep;
    this.data = data;
    this.attended = attended;
    this.store = ObjectStores.open(address.study());
    this.tables = new SweepTables(sweep, store, address, data);
    this.address =
        address.at(
            ObjectStores.through(ObjectStores.endpoint(address.study()).orElse(null), root(store)),
            address.dataLocation());
    this.context =
        new StageContext(store, address.dataLocation(), StageListener.SILENT, address.saveEvery());
  }

  /** A study's address as its store understands it; Beam's writers read addresses otherwise. */
  private static String root(ObjectStore store) {
    String report = store.uri(StoredManifest.REPORT);
    return report.substring(0, report.length() - StoredManifest.REPORT.length() - 1);
  }

  /** Where the data set's files are; null for where they are by default. */
  public String dataLocation() {
    return address.dataLocation();
  }

  /** Where the files of verified models are copied to; null for nowhere. */
  public String modelCopies() {
    return address.modelCopies();
  }

  /**
   * The same run where nobody waits for its end: the job itself puts its tables in their places.
   */
  public SweepRun unattended() {
    return new SweepRun(sweep, address, data, false);
  }

  /**
   * Makes sure that the data are at hand, and those that the study is about.
   *
   * @throws IOException if they are not; the message says what to do
   */
  public void verifyData() throws IOException {
    data.verify(sweep);
  }

  /** The data sets of the sweep: what is known of them, or what is there. */
  public List<PlannedData> data() throws IOException {
    return data.planned(sweep);
  }

  /** The sweep. */
  public Sweep sweep() {
    return sweep;
  }

  /** The study's store. */
  public ObjectStore store() {
    return store;
  }

  /**
   * What this run would do; writes nothing.
   *
   * @throws IOException if the data set or a record of the ledger is missing or corrupt
   */
  public Plan plan() throws IOException {
    return plan(Forcing.NONE);
  }

  /** The same for a run that computes some units anew. */
  public Plan plan(Forcing forcing) throws IOException {
    return planner(forcing).plan();
  }

  /**
   * The same plan with times for the stages of which the study tells none: steps of training are
   * timed on this machine, for a second or two. No effect where it tells some, or nothing is to be
   * done.
   */
  public Plan timed(Plan plan) throws IOException {
    return new Planner(sweep, context).timed(plan);
  }

  /**
   * Checks that the sweep fits its data, so that nothing is trained in vain.
   *
   * @throws InvalidSweepException with all that is wrong, by the paths of the settings
   * @throws IOException if the data set is missing or corrupt
   */
  public void checkData() throws IOException {
    DataRules.check(sweep, address.dataLocation());
  }

  private Planner planner(Forcing forcing) throws IOException {
    return new Planner(sweep, context)
        .withData(data)
        .withControl(address.control())
        .withForcing(forcing);
  }

  /** The same run for a part of the cells that it selects: as many as a budget allows. */
  public SweepRun within(CellBudget budget, Forcing forcing) throws IOException {
    UnitSelection limited = budget.limit(planner(forcing), address.control().selection());
    return new SweepRun(
        sweep, address.withControl(address.control().withSelection(limited)), data, attended);
  }

  /** Shows how the study stands with every unit of the sweep, cell by cell. */
  public void visit(Consumer<UnitStanding> visitor) throws IOException {
    planner(Forcing.NONE).visit((standing, result) -> visitor.accept(standing));
  }

  /** How the study stands with every unit that an id names: its own, its model's or its cell's. */
  public List<UnitStanding> explain(String id) throws IOException {
    List<UnitStanding> found = new ArrayList<>();
    visit(
        standing -> {
          Unit unit = standing.unit();
          if (unit.getKey().startsWith(id)
              || unit.getCellId().startsWith(id)
              || unit.getModels().stream().anyMatch(model -> model.getModelId().startsWith(id))) {
            found.add(standing);
          }
        });
    return found;
  }

  /** What a unit is, as people read it. */
  public String name(Unit unit) {
    return UnitName.of(unit, sweep);
  }

  /** What a cell is, as people read it; given as the spec of any of its models. */
  public String cellName(ModelSpec cell) {
    return UnitName.ofCell(cell, sweep);
  }

  /** What a model is, as people read it. */
  public String modelName(ModelSpec model) {
    return UnitName.ofModels(List.of(model), sweep);
  }

  /**
   * Forgets what is to be computed anew: records, failures and saved progress. Files of models stay
   * until others take their place.
   */
  public void forget(Forcing forcing) throws IOException {
    if (forcing.stages().isEmpty()) {
      return;
    }
    planner(forcing)
        .visit(
            (standing, result) -> {
              if (standing.state() == UnitState.FORCED) {
                forget(standing.unit());
              }
            });
  }

  private void forget(Unit unit) throws IOException {
    if (unit.getStage().equals(TrainStage.NAME)) {
      context.checkpoints().deleteProgress(unit.getModels().get(0).getModelId());
    }
    context.ledger().forget(unit.getStage(), unit.getKey());
  }

  /** How far the study is with this sweep, whatever works on it and wherever; writes nothing. */
  public StudyStatus status() throws IOException {
    return new StatusReader(sweep, context, plan(), Instant.now()).read();
  }

  /**
   * The summary of a run that has nothing to do: the ledger holds every unit, the sweep is the
   * study's current plan, and the tables are those of these units. Draws the report if it is
   * missing; starts no engine.
   *
   * @return empty if there is something to compute or to write
   */
  public Optional<RunSummary> findUpToDate(Plan plan) throws IOException {
    return tables.findUpToDate(plan);
  }

  /**
   * Fingerprint of all that decides what this run's tables hold once it is finished.
   *
   * @throws IOException if the data set is missing or corrupt
   */
  public String tablesFingerprint() throws IOException {
    return tables.fingerprint();
  }

  /**
   * Runs the pipeline to its end, on the engine that the options name.
   *
   * @throws IOException if the pipeline did not end well, the study cannot be written, or a table
   *     does not hold what was written to it
   */
  public RunSummary run(PipelineOptions options) throws IOException {
    return submit(options).finish();
  }

  /**
   * Hands the pipeline to the engine that the options name; some engines return at once, others at
   * the end.
   *
   * @throws IOException if the study cannot be written
   */
  public SubmittedRun submit(PipelineOptions options) throws IOException {
    String plan = new PlanFiles(store).freeze(sweep, data());
    return new SweepJob(sweep, address, store, tables, plan).submit(options, attended);
  }

  /**
   * Checks the study's tables, and the files of its models if one of the checks is of them.
   *
   * @throws IOException if a table or the data set cannot be read
   */
  public List<CheckResult> check(List<Check> checks) throws IOException {
    return tables.check(checks);
  }

  /**
   * Checks the study's tables and the files of its models: what the sweep and {@link DefaultChecks}
   * expect.
   *
   * @throws IOException if a table or the data set cannot be read, or the storage fails
   */
  public List<CheckResult> checkStudy() throws IOException {
    return tables.checkStudy();
  }

  /**
   * Packs the records of each stage into segments.
   *
   * @param least number of records of a stage below which it is left as it is
   */
  public LedgerCompaction.Outcome compact(int least) throws IOException {
    return new LedgerCompaction(store).compact(Stages.standard().names(), least);
  }

  /**
   * Draws the report of a study from its tables, and each of its figures as SVG.
   *
   * @throws IOException if the tables are not what was written, or the study cannot be written
   */
  public void writeReport() throws IOException {
    tables.writeReport();
  }
}
