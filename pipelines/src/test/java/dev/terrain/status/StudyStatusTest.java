package dev.terrain.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.ledger.Ledger;
import dev.terrain.plan.Pace;
import dev.terrain.plan.TimeEstimate;
import dev.terrain.run.SmallStudy;
import dev.terrain.stage.training.CellData;
import dev.terrain.stage.training.Units;
import dev.terrain.store.ObjectStore;
import dev.terrain.sweep.SweepExpansion;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import dev.terrain.weights.Checkpoints;
import dev.terrain.weights.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("engine")
class StudyStatusTest {
  private static final Sweep SWEEP =
      Sweep.newBuilder(SmallStudy.SWEEP).setMetrics(List.of("losses", "distance")).build();

  @TempDir private Path folder;
  private SmallStudy study;
  private Instant now;

  @BeforeEach
  void open() {
    study = new SmallStudy(folder);
    now = Instant.now();
  }

  @Test
  void withoutAnyFilesNothingIsGoingOn() throws IOException {
    StudyStatus status = status();

    assertThat(status.plan().missing()).isEqualTo(6 + 6 + 2);
    assertThat(status.lastFinished()).isEmpty();
    assertThat(status.trainings()).isEmpty();
    assertThat(status.busyWorkers()).isZero();
    assertThat(status.timeLeft()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void ratesAndTimeLeftAreThoseOfTheLastMinutes() throws IOException {
    // Two workers, each with one unit of a minute after the other for two minutes; one long ago.
    List<Unit> units = List.of(distance("a"), distance("b"), distance("c"), distance("d"));
    finish(units.get(0), now.minusSeconds(60), 60);
    finish(units.get(1), now.minusSeconds(60), 60);
    finish(units.get(2), now, 60);
    finish(units.get(3), now, 60);
    finish(distance("e"), now.minus(Duration.ofHours(3)), 60);

    RecentUnits recent = status().recent().get("distance");

    assertThat(recent.units()).isEqualTo(4);
    assertThat(recent.perMinute()).isCloseTo(2, within(1e-9));
    assertThat(recent.lastFinished()).isEqualTo(now.truncatedTo(ChronoUnit.MICROS));
    assertThat(status().busyWorkers()).isCloseTo(2, within(1e-9));
    // No training was ever timed, so it goes by the distances; both workers have one of them left.
    TimeEstimate left = status().timeLeft().orElseThrow();
    assertThat(left.middle()).isGreaterThan(Duration.ofSeconds(60));
    assertThat(left.basis()).contains(Pace.Basis.OTHER_STAGES);
  }

  @Test
  void aSavedTrainingShowsItsEpochAndItsAge() throws IOException {
    Unit fresh = training(0);
    Unit old = training(1);
    save(fresh, fresh.getKey(), now.minusSeconds(3));
    save(old, old.getKey(), now.minus(Duration.ofMinutes(14)));
    save(training(2), "of another data set", now);

    List<SavedTraining> trainings = status().trainings();

    assertThat(trainings).hasSize(2);
    SavedTraining running = trainings.get(0);
    assertThat(running.modelId()).isEqualTo(fresh.getModels().get(0).getModelId());
    assertThat(running.name()).isEqualTo("width=2, batch_size=16, seed 0");
    assertThat(running.epochsDone()).isEqualTo(1);
    assertThat(running.epochs()).isEqualTo(2);
    assertThat(running.age(now)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
    assertThat(running.isStalled(now)).isFalse();
    assertThat(trainings.get(1).isStalled(now)).isTrue();
    assertThat(status().busyWorkers()).isEqualTo(1);
  }

  @Test
  void aDamagedStateIsNoTraining() throws IOException {
    String model = training(0).getModels().get(0).getModelId();
    store().write(Checkpoints.progressName(model), new byte[] {9, 0, 0, 0, 0, 0, 0, 0, '{'});

    assertThat(status().trainings()).isEmpty();
  }

  @Test
  void aFinishedStudyHasNoTimeLeft() throws IOException {
    study.run(SWEEP);

    StudyStatus status = study.open(SWEEP).status();

    assertThat(status.timeLeft()).contains(TimeEstimate.NONE);
    assertThat(status.trainings()).isEmpty();
    assertThat(status.recent().get("train").units()).isEqualTo(6);
    assertThat(status.lastFinished()).isPresent();
    assertThat(status.busyWorkers()).isPositive();
  }

  private StudyStatus status() throws IOException {
    return new StatusReader(SWEEP, study.context(), study.open(SWEEP).plan(), now).read();
  }

  private ObjectStore store() {
    return study.open(SWEEP).store();
  }

  private static Unit training(int seed) throws IOException {
    ModelSpec spec = SweepExpansion.of(SWEEP).models().skip(seed).findFirst().orElseThrow();
    return Units.train(spec, CellData.sha256(spec, null));
  }

  private static Unit distance(String key) throws IOException {
    return Unit.newBuilder(training(0)).setStage("distance").setKey(key.repeat(64)).build();
  }

  private void finish(Unit unit, Instant end, int seconds) throws IOException {
    new Ledger(store())
        .record(
            UnitResult.newBuilder()
                .setKey(unit.getKey())
                .setStage(unit.getStage())
                .setCodeVersion(1)
                .setModels(List.of())
                .setMeasurements(List.of())
                .setSpectra(List.of())
                .setPaths(List.of())
                .setDurationMs(1000L * seconds)
                .setComputedAt(end.truncatedTo(ChronoUnit.MICROS))
                .build());
    Path file = study.record(unit.getStage(), unit.getKey());
    Files.setLastModifiedTime(file, FileTime.from(end));
  }

  private void save(Unit unit, String key, Instant when) throws IOException {
    String model = unit.getModels().get(0).getModelId();
    // A header of more than the bytes that are read at first.
    String history = "0x1.0p-3 ".repeat(10_000);
    new Checkpoints(store())
        .saveProgress(
            model,
            List.of(new Tensor("theta", new int[] {2}, new float[] {1, 2})),
            Map.of("key", key, "epochs", "1", "history_loss", history));
    Path file = folder.resolve(Checkpoints.progressName(model));
    Files.setLastModifiedTime(file, FileTime.from(when));
  }
}
