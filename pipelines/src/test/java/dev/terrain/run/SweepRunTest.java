package dev.terrain.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.beam.units.StudyAddress;
import dev.terrain.plan.Forcing;
import dev.terrain.plan.Plan;
import dev.terrain.plan.UnitState;
import dev.terrain.sweep.InvalidSweepException;
import dev.terrain.tables.Table;
import dev.terrain.tables.TableReader;
import dev.terrain.tables.TableRows;
import dev.terrain.v1.Cell;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import dev.terrain.weights.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("engine")
class SweepRunTest {
  /** 6 trainings, 6 curvatures, 2 pairs, 2 similarities, 2 distances. */
  private static final int UNITS = 24;

  @TempDir private static Path finishedFolder;
  private static SmallStudy finished;
  private static RunSummary firstRun;

  @TempDir private Path folder;

  @BeforeAll
  static void finish() throws IOException {
    finished = new SmallStudy(finishedFolder);
    firstRun = finished.run(SmallStudy.SWEEP);
  }

  @Test
  void theFirstRunComputesEveryUnit() {
    assertThat(firstRun.computed()).isEqualTo(UNITS);
    assertThat(firstRun.remembered()).isZero();
    assertThat(firstRun.failed()).isZero();
  }

  @Test
  void theTablesHoldWhatTheSweepAsksFor() throws IOException {
    TableReader tables = TableReader.of(finished.folder());

    assertThat(tables.read(Model.class)).hasSize(6);
    assertThat(tables.read(Cell.class)).hasSize(2).allMatch(cell -> cell.getPhase() != null);
    // Losses and accuracies, twice; of the curvature six values and the sharpness of the quadratic
    // model; of the connected pair two variants of the barrier and the connectivity; of each of
    // three pairs two variants of CKA and a distance.
    assertThat(tables.read(Measurement.class)).hasSize(6 * 4 + 6 * 7 + 2 * 3 + 2 * 3 * 3);
    assertThat(tables.read(Failure.class)).isEmpty();
  }

  @Test
  void reportAndFiguresAreWritten() throws IOException {
    assertThat(finished.store().list("figures/")).hasSizeGreaterThan(1);
    for (String figure : finished.store().list("figures/")) {
      assertThat(Files.readString(finished.folder().resolve(figure))).startsWith("<svg ");
    }
    assertThat(Files.readString(finished.folder().resolve("report.html")))
        .startsWith("<!DOCTYPE html>")
        .contains("<svg ");
  }

  @Test
  void aSecondRunComputesNothingAndRebuildsTablesThatWereDeleted() throws IOException {
    SmallStudy study = finished.copyTo(folder);
    for (String file : study.store().list("tables/")) {
      study.store().delete(file);
    }

    RunSummary second = study.run(SmallStudy.SWEEP);

    assertThat(second.remembered()).isEqualTo(UNITS);
    assertThat(second.computed()).isZero();
    assertThat(second.failed()).isZero();
    assertThat(TableRows.of(folder)).isEqualTo(TableRows.of(finishedFolder));
    assertThat(study.store().list("plan")).containsExactly("plan.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "with space", "[a]*", "{a,b}", "a%20b"})
  void aStudyMayHaveAnyNameAndAnyFormOfAddress(String name) throws IOException {
    Sweep sweep = Sweep.newBuilder(SmallStudy.SWEEP).setMetrics(List.of("losses")).build();
    SmallStudy study = finished.copyTo(folder.resolve(name));

    new SweepRun(sweep, new StudyAddress(study.folder().toUri().toString(), null))
        .run(PipelineOptionsFactory.fromArgs("--runner=DirectRunner").create());

    assertThat(TableReader.of(study.folder()).read(Model.class)).hasSize(6);
    assertThat(TableReader.of(study.folder()).read(Measurement.class)).hasSize(6 * 4);
  }

  @Test
  void aGrownSweepComputesOnlyWhatIsNewAndItsTablesReplaceTheOldOnes() throws IOException {
    SmallStudy study = finished.copyTo(folder);
    Sweep grown = SmallStudy.sweepWith("width: [2, 4]", "width: [2, 3, 4]");

    RunSummary summary = study.run(grown);

    assertThat(summary.remembered()).isEqualTo(UNITS);
    assertThat(summary.computed()).isEqualTo(3 + 3 + 3 + 1 + 1 + 1);
    assertThat(TableRows.of(folder).get(Table.MODELS))
        .hasSize(9)
        .containsAll(TableRows.of(finishedFolder).get(Table.MODELS));
    assertThat(study.store().list("plan")).containsExactlyInAnyOrder("plan.json", "plan-2.json");
  }

  @Test
  void aUnitThatFailsIsReportedWhileTheOthersGoOnAndIsTriedAgain() throws IOException {
    SmallStudy study = finished.copyTo(folder);
    String model = TableReader.of(folder).read(Model.class).get(0).getModelId();
    Path checkpoint = folder.resolve(Checkpoints.name(model));
    byte[] sound = Files.readAllBytes(checkpoint);
    byte[] damaged = sound.clone();
    damaged[damaged.length - 1] ^= 1;
    Files.write(checkpoint, damaged);
    Sweep sweep = SmallStudy.sweepWithOtherCurvature();

    RunSummary broken = study.run(sweep);

    assertThat(broken.failed()).isEqualTo(1);
    assertThat(broken.computed()).isEqualTo(5);
    assertThat(TableReader.of(folder).read(Failure.class))
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.getStage()).isEqualTo("curvature");
              assertThat(failure.getModelId()).isEqualTo(model);
              assertThat(failure.getMessage()).contains(checkpoint.toString());
            });
    Plan next = study.open(sweep).plan();
    assertThat(next.missing()).isEqualTo(1);
    assertThat(next.stages().get(2).in(UnitState.FAILED)).isEqualTo(1);

    Files.write(checkpoint, sound);
    RunSummary mended = study.run(sweep);

    assertThat(mended.failed()).isZero();
    assertThat(mended.computed()).isEqualTo(1);
    assertThat(TableReader.of(folder).read(Failure.class)).isEmpty();
  }

  /** As a study that was made before weights were verified. */
  @Test
  void aModelWhoseWeightsAreBadIsAFailureOfItsVerificationAndIsNotMeasured() throws IOException {
    SmallStudy study = finished.copyTo(folder);
    for (String key : study.context().ledger().keys("checkpoint")) {
      study.context().ledger().forget("checkpoint", key);
    }
    Model bad = TableReader.of(folder).read(Model.class).get(0);
    Path checkpoint = folder.resolve(Checkpoints.name(bad.getModelId()));
    byte[] sound = Files.readAllBytes(checkpoint);
    Files.write(checkpoint, new byte[] {1, 2, 3});

    RunSummary broken = study.run(SmallStudy.sweepWithOtherCurvature());

    assertThat(broken.failed()).isEqualTo(1);
    // Five sound models, their curvatures, and what compares the two that are left of the cell;
    // the pair is new if the bad one was of it.
    assertThat(broken.computed()).isBetween(5L + 5 + 2, 5L + 5 + 3);
    assertThat(TableReader.of(folder).read(Failure.class))
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.getStage()).isEqualTo("checkpoint");
              assertThat(failure.getModelId()).isEqualTo(bad.getModelId());
              assertThat(failure.getMessage()).contains(checkpoint.toString());
            });
    assertThat(TableReader.of(folder).read(Model.class)).hasSize(6);
    assertThat(TableReader.of(folder).read(Measurement.class))
        .filteredOn(row -> bad.getModelId().equals(row.getModelId()))
        .allMatch(row -> row.getKey().equals(bad.getKey()));

    Files.write(checkpoint, sound);
    RunSummary mended = study.run(SmallStudy.SWEEP);

    assertThat(mended.failed()).isZero();
    assertThat(mended.computed()).isEqualTo(1);
    assertThat(TableRows.of(folder)).isEqualTo(TableRows.of(finishedFolder));
  }

  @Test
  void weightsThatAreMadeAnewAreVerifiedAnew() throws IOException {
    SmallStudy study = finished.copyTo(folder);
    Forcing forcing = new Forcing(Set.of("train"), false);

    study.open(SmallStudy.SWEEP).forget(forcing);

    assertThat(study.context().ledger().keys("train")).isEmpty();
    assertThat(study.context().ledger().keys("checkpoint")).isEmpty();
    assertThat(study.context().ledger().keys("curvature")).hasSize(6);
  }

  @Test
  void corruptRecordsAreReportedAndComputedAgainOnceTheyAreDeleted() throws IOException {
    SmallStudy study = finished.copyTo(folder);
    Model third =
        TableReader.of(folder).read(Model.class).stream()
            .filter(model -> model.getSeed() == 2)
            .findFirst()
            .orElseThrow();
    Measurement distanceElsewhere =
        TableReader.of(folder).read(Measurement.class).stream()
            .filter(row -> row.getMetric().equals("l2_distance"))
            .filter(row -> !row.getCellId().equals(third.getCellId()))
            .findFirst()
            .orElseThrow();
    List<Path> corrupt =
        List.of(
            study.record("train", third.getKey()),
            study.record("distance", distanceElsewhere.getKey()));
    for (Path file : corrupt) {
      Files.write(file, new byte[] {1, 2, 3});
    }

    assertThat(study.open(SmallStudy.SWEEP).plan().stages().get(0).in(UnitState.CORRUPT))
        .isEqualTo(1);
    RunSummary broken = study.run(SmallStudy.SWEEP);

    assertThat(broken.failed()).isEqualTo(2);
    // Similarity and distance of the two models that are left of the cell.
    assertThat(broken.computed()).isEqualTo(2);
    List<Failure> failures = TableReader.of(folder).read(Failure.class);
    assertThat(failures).hasSize(2);
    for (Path file : corrupt) {
      assertThat(failures)
          .extracting(Failure::getMessage)
          .anyMatch(message -> message.startsWith(file + ": corrupt ledger record"));
    }
    assertThat(TableReader.of(folder).read(Model.class)).hasSize(5);

    for (Path file : corrupt) {
      Files.delete(file);
    }
    RunSummary mended = study.run(SmallStudy.SWEEP);

    assertThat(mended.failed()).isZero();
    assertThat(mended.computed()).isEqualTo(2);
    assertThat(TableRows.of(folder)).isEqualTo(TableRows.of(finishedFolder));
  }

  @Test
  void aBatchThatTheTrainingSetCannotFillIsRefusedBeforeAnythingIsWritten() {
    // A tenth of the training images of digits.
    Sweep tooLarge = SmallStudy.sweepWith("batch_size: [16]", "batch_size: [16, 200]");

    assertThatThrownBy(() -> new SmallStudy(folder).open(tooLarge).checkData())
        .isInstanceOf(InvalidSweepException.class)
        .hasMessageContaining("batch_size (200)")
        .hasMessageContaining("digits (143)")
        .hasMessageContaining("incomplete_batch must be 'keep'");
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"skip", "keep"})
  void aFractionOfTheDataThatLeavesNoImageIsRefusedBeforeAnythingIsWritten(String incomplete) {
    Sweep none =
        SmallStudy.sweepWith(
            "data_fraction: 0.1", "data_fraction: 0.0001, incomplete_batch: " + incomplete);

    assertThatThrownBy(() -> new SmallStudy(folder).open(none).checkData())
        .isInstanceOf(InvalidSweepException.class)
        .hasMessageContaining(
            "data_fraction (1.0E-4) leaves none of the 1437 training images of digits; it must be"
                + " at least 0.000696");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anIncompleteBatchThatIsKeptMayBeLargerThanTheTrainingSet() throws IOException {
    Sweep larger = SmallStudy.sweepWith("batch_size: [16]", "batch_size: [16, 200]");
    ModelSpec base = ModelSpec.newBuilder(larger.getBase()).setIncompleteBatch("keep").build();
    SweepRun kept = new SmallStudy(folder).open(Sweep.newBuilder(larger).setBase(base).build());

    kept.checkData();

    assertThat(kept.plan().models()).isEqualTo(12);
  }
}
