package dev.terrain.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.beam.units.RunControl;
import dev.terrain.beam.units.UnitSelection;
import dev.terrain.plan.Forcing;
import dev.terrain.study.ShortId;
import dev.terrain.sweep.SpecFilter;
import dev.terrain.tables.TableReader;
import dev.terrain.tables.TableRows;
import dev.terrain.v1.CheckResult;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Model;
import dev.terrain.v1.Sweep;
import dev.terrain.weights.Checkpoint;
import dev.terrain.weights.Checkpoints;
import dev.terrain.weights.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are told what to compute. */
@Tag("engine")
class SweepControlTest {
  @TempDir private static Path finishedFolder;
  private static SmallStudy finished;

  @TempDir private Path folder;

  @BeforeAll
  static void finishAStudy() throws IOException {
    finished = new SmallStudy(finishedFolder);
    finished.run(SmallStudy.SWEEP);
  }

  @Test
  void whatIsNotSelectedIsLeftForLater() throws IOException {
    SmallStudy study = new SmallStudy(folder);

    RunSummary part = run(study, UnitSelection.ALL.withOnly(SpecFilter.parse("width > 2")));

    assertThat(part.computed()).isEqualTo(3 + 3 + 3 + 1 + 1 + 1);
    assertThat(part.skipped()).isEqualTo(3);
    assertThat(part.failed()).isZero();
    assertThat(TableReader.of(folder).read(Model.class)).hasSize(3);
    assertThat(complete(part)).isEqualTo("9 of 9");
    assertThat(complete(study.open(SmallStudy.SWEEP).checkStudy())).isEqualTo("9 of 18");
    RunSummary rest = study.run(SmallStudy.SWEEP);
    assertThat(rest.remembered()).isEqualTo(12);
    assertThat(rest.skipped()).isZero();
    assertThat(TableRows.of(folder)).isEqualTo(TableRows.of(finishedFolder));
  }

  @Test
  void shardsShareTheWork() throws IOException {
    SmallStudy study = new SmallStudy(folder);

    long computed = 0;
    for (int shard = 1; shard <= 3; shard++) {
      RunSummary part = run(study, UnitSelection.ALL.withShard(shard, 3));
      computed += part.computed();
      assertThat(part.checks()).allMatch(CheckResult::getHeld);
    }

    assertThat(computed).isEqualTo(6 + 6 + 6 + 2 + 2 + 2);
    assertThat(study.open(SmallStudy.SWEEP).plan().isComplete()).isTrue();
    assertThat(TableRows.of(folder)).isEqualTo(TableRows.of(finishedFolder));
  }

  @Test
  void whatIsForcedIsComputedAnewAndNothingElse() throws IOException {
    SmallStudy study = finished.copyTo(folder);
    SweepRun run = study.open(SmallStudy.SWEEP);
    Forcing forcing = new Forcing(Set.of("distance"), false);

    assertThat(run.plan(forcing).missing()).isEqualTo(2);
    run.forget(forcing);
    RunSummary summary = study.run(SmallStudy.SWEEP);

    assertThat(summary.computed()).isEqualTo(2);
    assertThat(TableRows.of(folder)).isEqualTo(TableRows.of(finishedFolder));
  }

  @Test
  void whatBuildsOnAForcedTrainingIsForcedOnDemand() throws IOException {
    SweepRun run = finished.open(SmallStudy.SWEEP);

    assertThat(run.plan(new Forcing(Set.of("train"), false)).missing()).isEqualTo(12);
    assertThat(run.plan(new Forcing(Set.of("train"), true)).missing()).isEqualTo(24);
  }

  @Test
  void aUnitThatKeepsFailingIsGivenUpUntilItIsAskedFor() throws IOException {
    SmallStudy study = finished.copyTo(folder);
    Sweep sweep = SmallStudy.sweepWithOtherCurvature();
    String model = TableReader.of(folder).read(Model.class).get(0).getModelId();
    byte[] sound = damage(model);

    for (int attempt : List.of(1, 2, 3, 3)) {
      assertThat(study.run(sweep).failed()).isEqualTo(1);
      assertThat(TableReader.of(folder).read(Failure.class))
          .singleElement()
          .extracting(Failure::getAttempt)
          .isEqualTo(attempt);
    }
    assertThat(study.open(sweep).plan().stages().get(2).givenUp()).isEqualTo(1);
    Files.write(folder.resolve(Checkpoints.name(model)), sound);
    assertThat(study.run(sweep).failed()).isEqualTo(1);

    RunSummary summary = study.run(sweep, RunControl.STANDARD.withRerunFailed(true));

    assertThat(summary.failed()).isZero();
    assertThat(summary.computed()).isEqualTo(1);
    assertThat(study.context().failedUnits().keys("curvature")).isEmpty();
    assertThat(study.open(sweep).plan().isComplete()).isTrue();
  }

  @Test
  void theFirstFailureEndsARunThatIsToFailFast() throws IOException {
    SmallStudy study = finished.copyTo(folder);
    for (Model model : TableReader.of(folder).read(Model.class)) {
      damage(model.getModelId());
    }

    RunSummary summary =
        study.run(
            SmallStudy.sweepWithOtherCurvature(), RunControl.STANDARD.withStopMarker("stop/this"));

    // Two threads may each have begun one more.
    assertThat(summary.failed()).isBetween(1L, 3L);
    assertThat(summary.skipped()).isEqualTo(6 - summary.failed());
    assertThat(study.store().list("stop/")).isEmpty();
  }

  @Test
  void corruptRecordsAreReplacedOnDemand() throws IOException {
    SmallStudy study = finished.copyTo(folder);
    String key = study.context().ledger().keys("distance").iterator().next();
    Files.write(study.record("distance", key), new byte[] {1, 2, 3});

    RunSummary summary = study.run(SmallStudy.SWEEP, RunControl.STANDARD.withRerunFailed(true));

    assertThat(summary.failed()).isZero();
    assertThat(summary.computed()).isEqualTo(1);
    assertThat(TableRows.of(folder)).isEqualTo(TableRows.of(finishedFolder));
  }

  @Test
  void whatFailsIsMissedByTheCheckThatEveryRunMakes() throws IOException {
    SmallStudy study = finished.copyTo(folder);
    damage(TableReader.of(folder).read(Model.class).get(0).getModelId());

    RunSummary summary = study.run(SmallStudy.sweepWithOtherCurvature());

    assertThat(complete(summary)).isEqualTo("17 of 18");
    assertThat(summary.checks().get(0).getHeld()).isFalse();
    assertThat(summary.checksHold()).as("it only warns").isTrue();
  }

  @Test
  void weightsThatAreMissingOrDamagedOrAnotherTrainingsAreNamedByACheck() throws IOException {
    SmallStudy study = finished.copyTo(folder);
    List<Model> models = TableReader.of(folder).read(Model.class);
    assertThat(weights(study).getHeld()).isTrue();
    assertThat(weights(study).getExamined()).isEqualTo(6);

    damage(models.get(0).getModelId());
    Files.delete(folder.resolve(Checkpoints.name(models.get(1).getModelId())));
    saveOtherWeights(study, models.get(2).getModelId());
    CheckResult result = weights(study);

    assertThat(result.getHeld()).isFalse();
    assertThat(result.getInside()).isEqualTo(3);
    assertThat(result.getOutside())
        .hasSize(3)
        .allMatch(line -> line.endsWith("train the model again with 'terrain run --force=train'"))
        .anyMatch(line -> line.contains("damaged: its data have SHA-256"))
        .anyMatch(line -> line.contains("model.safetensors is missing; restore the file"))
        .anyMatch(line -> line.contains("holds other weights (SHA-256 "))
        .anyMatch(line -> line.startsWith("model " + ShortId.of(models.get(1).getModelId())));
    assertThat(study.open(SmallStudy.SWEEP).status().withoutWeights())
        .containsExactly(models.get(1).getModelId());
  }

  private static CheckResult weights(SmallStudy study) throws IOException {
    return study.open(SmallStudy.SWEEP).checkStudy().stream()
        .filter(result -> result.getCheck().getCheck().equals("weights"))
        .findFirst()
        .orElseThrow();
  }

  /** A sound file of the same model, as another training would have left it. */
  private static void saveOtherWeights(SmallStudy study, String modelId) throws IOException {
    Checkpoints checkpoints = new Checkpoints(study.store());
    Checkpoint checkpoint = checkpoints.load(modelId);
    List<Tensor> tensors = new ArrayList<>(checkpoint.tensors());
    float[] values = tensors.get(0).values().clone();
    values[0] += 1;
    tensors.set(0, new Tensor(tensors.get(0).name(), tensors.get(0).shape(), values));
    checkpoints.save(checkpoint.spec(), modelId, tensors);
  }

  private static String complete(RunSummary summary) {
    return complete(summary.checks());
  }

  private static String complete(List<CheckResult> checks) {
    CheckResult completeness =
        checks.stream()
            .filter(result -> result.getCheck().getCheck().equals("completeness"))
            .findFirst()
            .orElseThrow();
    return completeness.getInside() + " of " + completeness.getExamined();
  }

  /** Changes one bit of a model's weights; gives the file as it was. */
  private byte[] damage(String modelId) throws IOException {
    Path checkpoint = folder.resolve(Checkpoints.name(modelId));
    byte[] sound = Files.readAllBytes(checkpoint);
    byte[] damaged = sound.clone();
    damaged[damaged.length - 1] ^= 1;
    Files.write(checkpoint, damaged);
    return sound;
  }

  private static RunSummary run(SmallStudy study, UnitSelection selection) throws IOException {
    return study.run(SmallStudy.SWEEP, RunControl.STANDARD.withSelection(selection));
  }
}
