package dev.terrain.plan;

import static dev.terrain.plan.Plans.FINISHED;
import static dev.terrain.plan.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.beam.units.RunControl;
import dev.terrain.ledger.Ledger;
import dev.terrain.run.SmallStudy;
import dev.terrain.stage.training.CellData;
import dev.terrain.stage.training.Units;
import dev.terrain.sweep.Fingerprints;
import dev.terrain.sweep.StreamNames;
import dev.terrain.sweep.SweepExpansion;
import dev.terrain.tables.TableFixture;
import dev.terrain.tables.TableReader;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.UnitResult;
import dev.terrain.weights.Checkpoints;
import dev.terrain.weights.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why a plan finds units missing. */
class PlanReasonsTest {
  @TempDir private Path empty;

  @Test
  void savedProgressAndFailuresOfTheLastRunAreReasons() throws IOException {
    SmallStudy study = new SmallStudy(empty);
    List<String> ids =
        SweepExpansion.of(SmallStudy.SWEEP).models().map(Fingerprints::modelId).toList();
    for (String id : ids.subList(0, 2)) {
      new Checkpoints(study.store())
          .saveProgress(id, List.of(new Tensor("theta", new int[] {1}, new float[1])), Map.of());
    }
    List<String> keys = List.copyOf(plan(study, SmallStudy.SWEEP).stages().get(0).missing());
    fail(study, keys.get(1), 1);
    fail(study, keys.get(5), 3);

    Plan plan = plan(study, SmallStudy.SWEEP);
    StagePlan train = plan.stages().get(0);

    // The second model has both: it failed, wherever it then goes on.
    assertThat(train.resumable()).isEqualTo(1);
    assertThat(train.states()).isEqualTo(Map.of(UnitState.FAILED, 2, UnitState.MISSING, 4));
    assertThat(train.missing()).hasSize(5).doesNotContain(keys.get(5));
    assertThat(train.givenUp()).isEqualTo(1);
    assertThat(plan.isComplete()).isFalse();
    assertThat(train.examples())
        .containsExactly(
            "width=2, batch_size=16, seed 0: MISSING, goes on from saved progress",
            "width=2, batch_size=16, seed 1: FAILED (no power (attempt 1 of 3)), goes on from saved progress",
            "width=2, batch_size=16, seed 2: MISSING",
            "width=4, batch_size=16, seed 0: MISSING",
            "width=4, batch_size=16, seed 1: MISSING",
            "width=4, batch_size=16, seed 2: FAILED (no power (attempt 3 of 3))");

    StagePlan again =
        new Planner(SmallStudy.SWEEP, study.context())
            .withControl(RunControl.STANDARD.withRerunFailed(true))
            .plan()
            .stages()
            .get(0);
    assertThat(again.missing()).hasSize(6);
    assertThat(again.givenUp()).isZero();
  }

  private static void fail(SmallStudy study, String key, int attempt) throws IOException {
    study
        .context()
        .failedUnits()
        .record(
            Failure.newBuilder()
                .setStage("train")
                .setKey(key)
                .setExceptionClass("java.io.IOException")
                .setMessage("no power")
                .setAttempt(attempt)
                .setFailedAt(Instant.EPOCH)
                .build());
  }

  @Test
  void aChangedSettingIsNamedWithWhatItWas() throws IOException {
    StagePlan train =
        plan(FINISHED, SmallStudy.sweepWith("epochs: 2", "epochs: 3")).stages().get(0);
    StagePlan curvature = plan(FINISHED, SmallStudy.sweepWithOtherCurvature()).stages().get(2);

    assertThat(train.states()).isEqualTo(Map.of(UnitState.SPEC_CHANGED, 6));
    assertThat(train.examples()).allMatch(text -> text.endsWith("SPEC_CHANGED (epochs: 2 -> 3)"));
    assertThat(curvature.states()).isEqualTo(Map.of(UnitState.SPEC_CHANGED, 6));
    assertThat(curvature.examples().get(0)).contains("SPEC_CHANGED (examples: ");
  }

  @Test
  void aModelThatIsKnownUnderAnotherIdHasASchemaThatChanged(@TempDir Path folder)
      throws IOException {
    SmallStudy study = FINISHED.copyTo(folder);
    Model row = TableReader.of(folder).read(Model.class).get(0);
    study.context().ledger().forget("train", row.getKey());
    Model renamed = Model.newBuilder(row).setModelId("0123456789abcdef".repeat(4)).build();
    Path table = folder.resolve("tables/models");
    try (Stream<Path> parts = Files.list(table)) {
      for (Path part : parts.toList()) {
        Files.delete(part);
      }
    }
    try (DataFileWriter<Model> writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(Model.class))) {
      writer.create(row.getSchema(), table.resolve("part-0.avro").toFile()).append(renamed);
    }
    TableFixture.seal(folder);

    StagePlan train = plan(study, SmallStudy.SWEEP).stages().get(0);

    assertThat(train.states()).isEqualTo(Map.of(UnitState.SCHEMA_VERSION, 1));
    assertThat(train.examples().get(0)).contains("known as model 0123456789ab before");
  }

  @Test
  void aModelThatWasTrainedWhenIdsHeldAllSettings_isKnownByTheFormerId(@TempDir Path folder)
      throws IOException {
    SmallStudy study = FINISHED.copyTo(folder);
    ModelSpec spec = SweepExpansion.of(SmallStudy.SWEEP).models().findFirst().orElseThrow();
    String data = CellData.sha256(spec, null);
    String key = Units.train(spec, data).getKey();
    String formerId = StreamNames.ofModel(spec);
    Ledger ledger = study.context().ledger();
    UnitResult record = ledger.find("train", key).orElseThrow();
    ledger.forget("train", key);
    ledger.record(
        UnitResult.newBuilder(record)
            .setKey(Units.trainingKey(formerId, spec, record.getCodeVersion(), data))
            .build());

    StagePlan train = plan(study, SmallStudy.SWEEP).stages().get(0);

    assertThat(train.states()).isEqualTo(Map.of(UnitState.SCHEMA_VERSION, 1));
    assertThat(train.examples().get(0))
        .contains("known as model " + formerId.substring(0, 12) + " before")
        .contains("identities are made differently since Terrain 0.1.0");
  }

  @Test
  void aCorruptRecordOfATrainingDoesNotHideTheRestOfThePlan(@TempDir Path folder)
      throws IOException {
    SmallStudy study = FINISHED.copyTo(folder);
    String key = study.context().ledger().keys("train").iterator().next();
    Files.write(study.record("train", key), new byte[] {1, 2, 3});

    Plan plan = plan(study, SmallStudy.SWEEP);

    assertThat(plan.isComplete()).isFalse();
    assertThat(plan.stages().get(0).states()).isEqualTo(Map.of(UnitState.CORRUPT, 1));
    assertThat(plan.stages().get(0).givenUp()).isEqualTo(1);
    assertThat(plan.stages().get(0).examples())
        .singleElement()
        .asString()
        .contains(key + ".avro: corrupt ledger record", "--rerun-failed");
  }

  @Test
  void aCorruptRecordOfAMeasurementIsNotTimed(@TempDir Path folder) throws IOException {
    SmallStudy study = FINISHED.copyTo(folder);
    for (String key : study.context().ledger().keys("distance")) {
      Files.write(study.record("distance", key), new byte[] {1, 2, 3});
    }

    Plan plan = plan(study, SmallStudy.SWEEP);

    assertThat(plan.stages().get(5).stage()).isEqualTo("distance");
    assertThat(plan.stages().get(5).meanDuration()).isNull();
  }
}
