package dev.terrain.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.terrain.copy.TablesCopy;
import dev.terrain.ledger.TablesLease;
import dev.terrain.study.FrozenPlan;
import dev.terrain.study.PlanFiles;
import dev.terrain.study.StoredManifest;
import dev.terrain.tables.Table;
import dev.terrain.tables.TableReader;
import dev.terrain.tables.TableRows;
import dev.terrain.tables.TablesManifest;
import dev.terrain.tables.TablesOwner;
import dev.terrain.v1.Cell;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two sweeps that run into one study at once. */
@Tag("engine")
class TwoSweepsTest {
  private static final Sweep A = sweep("a", "[2, 4]");
  private static final Sweep B = sweep("b", "[2, 3, 8]");

  @TempDir private static Path alone;
  private static Map<Table, List<String>> rowsOfA;
  private static Map<Table, List<String>> rowsOfB;
  private static SmallStudy trained;

  @TempDir private Path folder;
  private SmallStudy study;

  private static Sweep sweep(String name, String widths) {
    Sweep sweep = SmallStudy.sweepWith("[2, 4]", widths);
    return Sweep.newBuilder(sweep).setName(name).setMetrics(List.of("losses", "distance")).build();
  }

  /** What each sweep's tables hold where nobody disturbs it. */
  @BeforeAll
  static void runEachAlone() throws IOException {
    trained = new SmallStudy(alone);
    trained.run(A);
    rowsOfA = TableRows.of(alone);
    trained.run(B);
    rowsOfB = TableRows.of(alone);
    assertThat(rowsOfA).isNotEqualTo(rowsOfB);
  }

  @BeforeEach
  void copy() throws IOException {
    study = trained.copyTo(folder);
    study.store().delete(TablesManifest.NAME);
  }

  private SubmittedRun submit(Sweep sweep) throws IOException {
    return study.open(sweep).submit(options());
  }

  private static PipelineOptions options() {
    return PipelineOptionsFactory.fromArgs("--runner=DirectRunner", "--targetParallelism=2")
        .create();
  }

  private String owner() throws IOException {
    return new StoredManifest(study.store()).read().orElseThrow().owner().sweep();
  }

  private Optional<RunSummary> findUpToDate(Sweep sweep) throws IOException {
    SweepRun run = study.open(sweep);
    return run.findUpToDate(run.plan());
  }

  private static void assertTellsOf(RunSummary summary, Sweep sweep, int cells) {
    assertThat(summary.rows().cells())
        .hasSize(cells)
        .extracting(Cell::getSweep)
        .containsOnly(sweep.getName());
  }

  @Test
  void whoeverFinishesLast_leavesItsOwnTables_andBothTellOfTheirOwnRows() throws IOException {
    SubmittedRun a = submit(A);
    SubmittedRun b = submit(B);

    assertTellsOf(b.finish(), B, 3);
    assertThat(TableRows.of(folder)).isEqualTo(rowsOfB);
    assertTellsOf(a.finish(), A, 2);
    assertThat(TableRows.of(folder)).isEqualTo(rowsOfA);
    assertThat(owner()).isEqualTo("a");
    assertThat(Files.readString(folder.resolve("report.html"))).contains("<title>a");
  }

  @Test
  void tablesAreUpToDateForTheSweepAlone_whoseRowsTheyHold() throws IOException {
    SubmittedRun a = submit(A);
    SubmittedRun b = submit(B);
    a.finish();
    b.finish();

    assertThat(findUpToDate(A)).isEmpty();
    assertTellsOf(findUpToDate(B).orElseThrow(), B, 3);
    study.run(A);
    assertThat(TableRows.of(folder)).isEqualTo(rowsOfA);
    assertThat(findUpToDate(B)).isEmpty();
    assertTellsOf(findUpToDate(A).orElseThrow(), A, 2);
  }

  @Test
  void theTablesNameTheirPlan_whicheverIsTheCurrentOne() throws IOException {
    SubmittedRun a = submit(A);
    String planOfA = new PlanFiles(study.store()).currentName().orElseThrow();
    SubmittedRun b = submit(B);
    b.finish();
    a.finish();

    PlanFiles plans = new PlanFiles(study.store());
    assertThat(plans.current().map(FrozenPlan::sweep)).contains(B);
    TablesOwner owner = new StoredManifest(study.store()).read().orElseThrow().owner();
    assertThat(owner.plan()).isEqualTo(planOfA);
    assertThat(plans.find(planOfA).map(FrozenPlan::sweep)).contains(A);
    // Asked for again, A becomes the current plan; its tables are there.
    assertThat(findUpToDate(A)).isPresent();
    assertThat(plans.current().map(FrozenPlan::sweep)).contains(A);
  }

  @Test
  void figuresOfTheOtherSweep_areNotLeftBeside() throws IOException {
    Sweep sliced =
        Sweep.newBuilder(
                SmallStudy.sweepWith(
                    "  temperature: {batch_size: [16]}",
                    "  temperature: {batch_size: [16]}\n  other: {label_noise: [0, 0.1]}"))
            .setMetrics(List.of("losses"))
            .build();
    study.run(sliced);
    assertThat(study.store().list("figures/")).anyMatch(name -> name.contains("slice-2"));

    study.run(A);

    assertThat(study.store().list("figures/")).noneMatch(name -> name.contains("slice-2"));
  }

  @Test
  void aRunWaits_whileAnotherPutsItsTablesInTheirPlaces() throws Exception {
    SubmittedRun a = submit(A);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<RunSummary> finished;
      try (TablesLease other = TablesLease.await(study.store())) {
        finished = thread.submit(a::finish);
        Thread.sleep(500);
        other.check();
        assertThat(finished).isNotDone();
        assertThat(study.store().exists(TablesManifest.NAME)).isFalse();
      }
      assertTellsOf(finished.get(60, TimeUnit.SECONDS), A, 2);
    } finally {
      thread.shutdownNow();
    }
    assertThat(study.store().list("leases/")).isEmpty();
  }

  @Test
  void manyRunsThatEndAtOnce_leaveWholeTablesOfOneOfThem() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      for (int round = 0; round < 3; round++) {
        List<SubmittedRun> runs =
            List.of(submit(A), submit(B), submit(A), submit(B), submit(A), submit(B));
        List<Future<RunSummary>> ends =
            runs.stream().map(run -> threads.submit(run::finish)).toList();
        for (int i = 0; i < ends.size(); i++) {
          RunSummary summary = ends.get(i).get(60, TimeUnit.SECONDS);
          assertTellsOf(summary, i % 2 == 0 ? A : B, i % 2 == 0 ? 2 : 3);
        }
        String last = owner();
        assertThat(TableRows.of(folder)).isEqualTo(last.equals("a") ? rowsOfA : rowsOfB);
        assertThat(findUpToDate(last.equals("a") ? A : B)).isPresent();
        assertThat(study.store().list("tables/")).hasSize(Table.values().length + 1);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whileASweepRuns_theTablesStayThoseOfTheOther() throws IOException {
    study.run(A);

    SubmittedRun b = submit(B);

    assertThat(owner()).isEqualTo("a");
    assertThat(TableReader.of(folder).read(Cell.class))
        .extracting(Cell::getSweep)
        .containsOnly("a");
    b.finish();
    assertThat(TableRows.of(folder)).isEqualTo(rowsOfB);
  }

  @Test
  void aRunThatNobodyAttends_putsItsTablesInTheirPlacesItself() throws IOException {
    study.run(B);

    study.open(A).unattended().submit(options());

    assertThat(owner()).isEqualTo("a");
    assertThat(TableRows.of(folder)).isEqualTo(rowsOfA);
    assertThat(study.store().list("tables/")).hasSize(Table.values().length + 1);
    // How many units they hold nobody has counted.
    assertThat(findUpToDate(A)).isEmpty();
  }

  @Test
  void aCopyForOneSweep_isNotMadeOfTheTablesOfAnother() throws IOException {
    study.run(A);
    SweepRun run = study.open(A);
    TablesCopy copy =
        TablesCopy.of(
                study.store(),
                folder.resolveSibling(folder.getFileName() + "-copy").toString(),
                PipelineOptionsFactory.create())
            .withInputs(run.tablesFingerprint());
    study.run(B);

    assertThatIOException()
        .isThrownBy(copy::update)
        .withMessageContaining("another run has put those of sweep 'b' (plan");
  }
}
