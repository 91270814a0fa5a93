package dev.terrain.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.spec.SpecFilter;
import dev.terrain.store.Checkpoints;
import dev.terrain.tables.TableReader;
import dev.terrain.tables.TableRows;
import dev.terrain.transforms.RunControl;
import dev.terrain.transforms.UnitSelection;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Model;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are told what to compute. */
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

    assertThat(part.computed()).isEqualTo(3 + 3 + 1 + 1 + 1);
    assertThat(part.skipped()).isEqualTo(3);
    assertThat(part.failed()).isZero();
    assertThat(TableReader.of(folder).read(Model.class)).hasSize(3);
    RunSummary rest = study.run(SmallStudy.SWEEP);
    assertThat(rest.remembered()).isEqualTo(9);
    assertThat(rest.skipped()).isZero();
    assertThat(TableRows.of(folder)).isEqualTo(TableRows.of(finishedFolder));
  }

  @Test
  void shardsShareTheWork() throws IOException {
    SmallStudy study = new SmallStudy(folder);

    long computed = 0;
    for (int shard = 1; shard <= 3; shard++) {
      computed += run(study, UnitSelection.ALL.withShard(shard, 3)).computed();
    }

    assertThat(computed).isEqualTo(6 + 6 + 2 + 2 + 2);
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

    assertThat(run.plan(new Forcing(Set.of("train"), false)).missing()).isEqualTo(6);
    assertThat(run.plan(new Forcing(Set.of("train"), true)).missing()).isEqualTo(18);
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
    assertThat(study.open(sweep).plan().stages().get(1).givenUp()).isEqualTo(1);
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
