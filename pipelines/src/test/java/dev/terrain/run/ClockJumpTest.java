package dev.terrain.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.inspection.GarbageSearch;
import dev.terrain.ledger.Ledger;
import dev.terrain.stage.standard.Stages;
import dev.terrain.status.StudyStatus;
import dev.terrain.tables.TableRows;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A study whose records and files were written while the clock was wrong. */
@Tag("engine")
class ClockJumpTest {
  @TempDir private static Path finishedFolder;
  private static SmallStudy finished;

  @TempDir private Path folder;

  @BeforeAll
  static void finish() throws IOException {
    finished = new SmallStudy(finishedFolder);
    finished.run(SmallStudy.SWEEP);
  }

  @ParameterizedTest(name = "{0} hours")
  @ValueSource(longs = {-24 * 365 * 60, -3, 3, 24 * 365 * 60})
  void nothingIsComputedAnewAndStatusAndCollectionStaySane(long hours) throws IOException {
    SmallStudy study = finished.copyTo(folder);
    Instant then = Instant.now().plus(Duration.ofHours(hours));
    shift(study, then);

    RunSummary summary = study.run(SmallStudy.SWEEP);

    assertThat(summary.computed()).isZero();
    assertThat(summary.failed()).isZero();
    assertThat(TableRows.of(folder)).isEqualTo(TableRows.of(finishedFolder));
    StudyStatus status = study.open(SmallStudy.SWEEP).status();
    assertThat(status.plan().isComplete()).isTrue();
    assertThat(status.lastFinished().orElseThrow()).isBeforeOrEqualTo(status.now());
    assertThat(status.busyWorkers()).isBetween(0.0, 1000.0);
    assertThat(status.recent().values())
        .allSatisfy(recent -> assertThat(recent.perMinute()).isBetween(0.0, 1e5));
    GarbageSearch search = new GarbageSearch(study.study(), Duration.ZERO, Instant.now());
    assertThat(search.find().pieces()).isEmpty();
  }

  @ParameterizedTest(name = "{0} hours")
  @ValueSource(longs = {-3, 3})
  void workThatIsMissingIsDoneAndNothingElse(long hours) throws IOException {
    SmallStudy study = finished.copyTo(folder);
    shift(study, Instant.now().plus(Duration.ofHours(hours)));
    study.store().delete(study.store().list("ledger/distance/").get(0));

    RunSummary summary = study.run(SmallStudy.SWEEP);

    assertThat(summary.computed()).isOne();
    assertThat(TableRows.of(folder)).isEqualTo(TableRows.of(finishedFolder));
  }

  /** Lets every record and file be of another time. */
  private void shift(SmallStudy study, Instant then) throws IOException {
    Ledger ledger = new Ledger(study.store());
    for (String stage : Stages.standard().names()) {
      for (String key : ledger.keys(stage)) {
        UnitResult result = ledger.find(stage, key).orElseThrow();
        ledger.forget(stage, key);
        ledger.record(UnitResult.newBuilder(result).setComputedAt(then).build());
      }
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.filter(Files::isRegularFile).forEach(file -> touch(file, then));
    }
  }

  private static void touch(Path file, Instant time) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(time));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
