package dev.terrain.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.ledger.Ledger;
import dev.terrain.study.FrozenPlan;
import dev.terrain.study.PlanFiles;
import dev.terrain.tables.TableRows;
import dev.terrain.v1.Check;
import dev.terrain.v1.CheckResult;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a run has nothing to do, not even to write. */
@Tag("engine")
class UpToDateTest {
  private static final Sweep SWEEP =
      Sweep.newBuilder(SmallStudy.SWEEP).setMetrics(List.of("losses", "distance")).build();
  private static final int UNITS = 6 + 6 + 2;
  private static final String TABLE = "tables/measurements/part-00000-of-00001.avro";

  @TempDir private static Path finishedFolder;
  private static SmallStudy finished;

  @TempDir private Path folder;
  private SmallStudy study;

  @BeforeAll
  static void finish() throws IOException {
    finished = new SmallStudy(finishedFolder);
    finished.run(SWEEP);
  }

  private Optional<RunSummary> find(Sweep sweep) throws IOException {
    SweepRun run = study.open(sweep);
    return run.findUpToDate(run.plan());
  }

  @Test
  void aFinishedStudyIsUpToDateAlsoWhereItIsCopiedTo() throws IOException {
    study = finished.copyTo(folder);

    RunSummary summary = find(SWEEP).orElseThrow();

    assertThat(summary.remembered()).isEqualTo(UNITS);
    assertThat(summary.computed()).isZero();
    assertThat(summary.failed()).isZero();
    assertThat(summary.upToDate()).isTrue();
  }

  @Test
  void aTableFileThatIsDeletedTruncatedDamagedOrAddedIsNot() throws IOException {
    byte[] sound = Files.readAllBytes(finishedFolder.resolve(TABLE));
    byte[] damaged = sound.clone();
    damaged[damaged.length / 2] ^= 1;

    study = finished.copyTo(folder.resolve("deleted"));
    Files.delete(study.folder().resolve(TABLE));
    assertThat(find(SWEEP)).isEmpty();
    study = finished.copyTo(folder.resolve("truncated"));
    Files.write(study.folder().resolve(TABLE), Arrays.copyOf(sound, sound.length - 1));
    assertThat(find(SWEEP)).isEmpty();
    study = finished.copyTo(folder.resolve("damaged"));
    Files.write(study.folder().resolve(TABLE), damaged);
    assertThat(find(SWEEP)).isEmpty();
    study = finished.copyTo(folder.resolve("added"));
    Files.write(study.folder().resolve("tables/cells/part-9.avro"), sound);
    assertThat(find(SWEEP)).isEmpty();
  }

  @Test
  void anotherSweepOrPlanOrManifestIsNot() throws IOException {
    study = finished.copyTo(folder);
    Sweep renamed = Sweep.newBuilder(SWEEP).setName("other").build();

    assertThat(find(renamed)).isEmpty();
    study.store().write("tables/manifest.json", new byte[] {'{'});
    assertThat(find(SWEEP)).isEmpty();
    study.store().delete("tables/manifest.json");
    assertThat(find(SWEEP)).isEmpty();
  }

  @Test
  void aLedgerThatLacksAUnitIsNot() throws IOException {
    study = finished.copyTo(folder);
    study.store().delete(study.store().list("ledger/distance/").get(0));

    assertThat(find(SWEEP)).isEmpty();
  }

  @Test
  void aRunThatCouldNotSummariseACellIsNot() throws IOException {
    study = finished.copyTo(folder);
    Ledger ledger = new Ledger(study.store());
    String key = ledger.latestKeys("distance").get(0);
    UnitResult sound = ledger.find("distance", key).orElseThrow();
    List<Measurement> rows = new ArrayList<>(sound.getMeasurements());
    rows.add(Measurement.newBuilder(rows.get(0)).setVariant("other").build());
    ledger.forget("distance", key);
    ledger.record(UnitResult.newBuilder(sound).setMeasurements(rows).build());

    RunSummary summary = study.run(SWEEP);

    assertThat(summary.failed()).isOne();
    assertThat(summary.rows().cells()).hasSize(1);
    assertThat(summary.rows().failures())
        .extracting(Failure::getStage)
        .containsExactly("summarise");
    assertThat(find(SWEEP)).isEmpty();
  }

  @Test
  void otherChecksAreMadeAndReportedWithoutAPipeline() throws IOException {
    study = finished.copyTo(folder);
    Sweep checked =
        Sweep.newBuilder(SWEEP)
            .setChecks(
                List.of(
                    Check.newBuilder().setCheck("completeness").build(),
                    Check.newBuilder().setCheck("converged").setMetric("cka").build()))
            .build();

    RunSummary summary = find(checked).orElseThrow();

    assertThat(summary.checks())
        .extracting(CheckResult::getExamined)
        .as("verified weights add no rows")
        .containsExactly(UNITS - 6L, 0L, 6L);
    assertThat(summary.checks())
        .extracting(CheckResult::getHeld)
        .containsExactly(true, false, true);
    assertThat(summary.checks().get(2).getCheck().getCheck()).isEqualTo("diverged");
    assertThat(summary.checksHold()).isFalse();
    assertThat(Files.readString(folder.resolve("report.html"))).contains("<h2>Checks</h2>");
    assertThat(new PlanFiles(study.store()).current().map(FrozenPlan::sweep)).contains(checked);
    assertThat(find(checked).orElseThrow().checks()).hasSize(3);
    assertThat(find(SWEEP).orElseThrow().checksHold()).isTrue();
  }

  @Test
  void aMissingReportIsDrawnWithoutAPipeline() throws IOException {
    study = finished.copyTo(folder);
    String figure = study.store().list("figures/").get(0);
    Files.delete(folder.resolve("report.html"));
    Files.delete(folder.resolve(figure));

    assertThat(find(SWEEP)).isPresent();
    assertThat(folder.resolve("report.html")).isNotEmptyFile();
    assertThat(folder.resolve(figure)).isNotEmptyFile();
  }

  @Test
  void theMainClassLeavesAFinishedStudyAloneAndRebuildsItsTablesOtherwise() throws IOException {
    study = finished.copyTo(folder.resolve("study"));
    Path sweep =
        Files.writeString(
            folder.resolve("s.yaml"), SmallStudy.YAML + "metrics: [losses, distance]\n");
    byte[] table = Files.readAllBytes(study.folder().resolve(TABLE));

    main(sweep);
    assertThat(study.folder().resolve(TABLE)).hasBinaryContent(table);

    main(sweep, "--rebuildTables");
    byte[] rebuilt = Files.readAllBytes(study.folder().resolve(TABLE));
    // The files' sync markers are drawn at random.
    assertThat(rebuilt).isNotEqualTo(table);

    Files.write(study.folder().resolve(TABLE), Arrays.copyOf(rebuilt, rebuilt.length / 2));
    main(sweep);
    assertThat(TableRows.of(study.folder())).isEqualTo(TableRows.of(finishedFolder));
  }

  private void main(Path sweep, String... more) throws IOException {
    String[] options = {"--sweep=" + sweep, "--study=" + study.folder(), "--runner=DirectRunner"};
    String[] all = Arrays.copyOf(options, options.length + more.length);
    System.arraycopy(more, 0, all, options.length, more.length);
    SweepMain.main(all);
  }
}
