package dev.terrain.run;

import dev.terrain.beam.SummariseCells;
import dev.terrain.beam.units.StudyAddress;
import dev.terrain.checks.DefaultChecks;
import dev.terrain.checks.TableChecks;
import dev.terrain.findings.ChartedStudy;
import dev.terrain.ledger.TablesLease;
import dev.terrain.pipelines.TablesInstallation;
import dev.terrain.plan.Plan;
import dev.terrain.plan.SweepUnits;
import dev.terrain.report.Report;
import dev.terrain.store.ObjectStore;
import dev.terrain.study.ModelFiles;
import dev.terrain.study.PlanFiles;
import dev.terrain.study.StoredManifest;
import dev.terrain.study.StudyTables;
import dev.terrain.study.SweepData;
import dev.terrain.tables.DamagedTablesException;
import dev.terrain.tables.Table;
import dev.terrain.tables.TableReader;
import dev.terrain.tables.TablesManifest;
import dev.terrain.tables.TablesOwner;
import dev.terrain.v1.Check;
import dev.terrain.v1.CheckResult;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The tables, the report and the manifest of a study as a run of one sweep finds or leaves them.
 * Several runs may end at once: what is written here is written by who holds the {@link
 * TablesLease}, and what is told of it is told of the own rows.
 */
final class SweepTables {
  private final Sweep sweep;
  private final ObjectStore store;
  private final StudyAddress address;
  private final SweepData data;
  private final StoredManifest manifest;
  private String fingerprint;

  SweepTables(Sweep sweep, ObjectStore store, StudyAddress address, SweepData data) {
    this.sweep = sweep;
    this.store = store;
    this.address = address;
    this.data = data;
    this.manifest = new StoredManifest(store);
  }

  /** Fingerprint of all that decides what the tables of the finished sweep hold. */
  synchronized String fingerprint() throws IOException {
    if (fingerprint == null) {
      // Once a run: it takes a pass over all units.
      fingerprint = SweepUnits.fingerprint(sweep, data);
    }
    return fingerprint;
  }

  /**
   * What {@link SweepRun#findUpToDate} says; the report is drawn if it is missing, damaged or made
   * with other checks.
   */
  Optional<RunSummary> findUpToDate(Plan plan) throws IOException {
    long start = System.nanoTime();
    Optional<TablesManifest> found = manifest.find();
    if (!plan.isComplete()
        || found.isEmpty()
        || !manifest.tablesAgree(found.get(), fingerprint(), plan.total())) {
      return Optional.empty();
    }
    try {
      TableReader tables = StudyTables.of(store, found.get());
      RunRows rows = RunRows.of(tables);
      if (rows.failures().stream().anyMatch(row -> row.getStage().equals(SummariseCells.STAGE))) {
        // No ledger remembers summaries: one that failed is tried again.
        return Optional.empty();
      }
      // That they are complete is known by now.
      List<CheckResult> checks = checkTables(tables);
      if (!bringUpToDate(found.get(), tables, checks)) {
        return Optional.empty();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return Optional.of(RunSummary.upToDate(plan.total(), seconds, checks, rows));
    } catch (DamagedTablesException e) {
      // Another run is putting its own in their place.
      return Optional.empty();
    }
  }

  /** Draws the report if it is another's or was made with other checks; false if too late. */
  private boolean bringUpToDate(TablesManifest found, TableReader tables, List<CheckResult> checks)
      throws IOException {
    PlanFiles plans = new PlanFiles(store);
    if (plans.isCurrent(sweep, data.planned(sweep))
        && plans.currentName().filter(name -> name.equals(found.owner().plan())).isPresent()
        && manifest.reportAgrees(found)) {
      return true;
    }
    try (TablesLease lease = TablesLease.await(store)) {
      if (manifest.find().filter(found::equals).isEmpty()) {
        return false;
      }
      writeReport(found.withPlan(plans.freeze(sweep, data.planned(sweep))), tables, checks, lease);
      return true;
    }
  }

  /** Puts the tables that a run has written in their places, checks them and draws the report. */
  RunSummary install(
      RunSummary summary, Map<Table, Long> rows, TablesInstallation tables, TablesOwner owner)
      throws IOException {
    try (TablesLease lease = TablesLease.await(store)) {
      Optional<TablesManifest> earlier = manifest.find();
      TablesManifest own =
          tables.install(
              lease, owner, Optional.of(rows), summary.remembered() + summary.computed());
      TableReader reader = StudyTables.of(store, own);
      RunRows shown = RunRows.of(reader);
      List<CheckResult> checks = checkRun(reader);
      TablesManifest before = earlier.map(TablesManifest::report).map(own::withReport).orElse(own);
      writeReport(before, reader, checks, lease);
      return summary.withChecks(checks).withRows(shown);
    }
  }

  List<CheckResult> check(List<Check> checks) throws IOException {
    return checks(StudyTables.of(store)).make(checks);
  }

  /** What {@link SweepRun#checkStudy} says. */
  List<CheckResult> checkStudy() throws IOException {
    List<Check> own = sweep.getChecks();
    return checks(StudyTables.of(store)).make(own, DefaultChecks.ofStudy(own));
  }

  private List<CheckResult> checkRun(TableReader tables) throws IOException {
    List<Check> own = sweep.getChecks();
    return checks(tables).make(own, DefaultChecks.ofRun(own));
  }

  private List<CheckResult> checkTables(TableReader tables) throws IOException {
    List<Check> own = sweep.getChecks();
    return checks(tables).make(own, DefaultChecks.ofTables(own));
  }

  private TableChecks checks(TableReader tables) throws IOException {
    return new TableChecks(
        tables,
        SweepUnits.planned(sweep, data, address.control().selection()),
        new ModelFiles(store));
  }

  /** Draws the report of the tables that there are. */
  void writeReport() throws IOException {
    try (TablesLease lease = TablesLease.await(store)) {
      Optional<TablesManifest> found = manifest.read();
      TableReader tables = StudyTables.of(store);
      List<CheckResult> checks = checkTables(tables);
      if (found.isPresent()) {
        writeReport(found.get(), tables, checks, lease);
      } else {
        StudyReport.write(report(tables, checks), store);
      }
    }
  }

  private Report report(TableReader tables, List<CheckResult> checks) throws IOException {
    return StudyReport.of(ChartedStudy.of(sweep, tables), tables, checks);
  }

  /** The same of tables with a manifest, which names the report that there was before. */
  private void writeReport(
      TablesManifest before, TableReader tables, List<CheckResult> checks, TablesLease lease)
      throws IOException {
    SortedMap<String, String> files = StudyReport.write(report(tables, checks), store);
    for (String name : before.report().keySet()) {
      if (name.startsWith(StudyReport.FIGURES) && !files.containsKey(name)) {
        store.delete(name);
      }
    }
    lease.check();
    manifest.write(before.withReport(files));
  }
}
