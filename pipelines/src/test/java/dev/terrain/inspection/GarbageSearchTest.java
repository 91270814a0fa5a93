package dev.terrain.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.inspection.Garbage.KeptFor;
import dev.terrain.inspection.Garbage.Reason;
import dev.terrain.ledger.Ledger;
import dev.terrain.ledger.LedgerCompaction;
import dev.terrain.plan.Plans;
import dev.terrain.run.SmallStudy;
import dev.terrain.stage.standard.Stages;
import dev.terrain.stage.training.TrainStage;
import dev.terrain.study.PlanFiles;
import dev.terrain.study.WatchMark;
import dev.terrain.sweep.InvalidSweepException;
import dev.terrain.v1.Model;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is removed of a study, and what never is. */
class GarbageSearchTest {
  private final Instant later = Instant.now().plus(Duration.ofHours(2));
  private static final String ELSEWHERE = "ab".repeat(32);

  @TempDir private Path folder;
  private SmallStudy study;

  @BeforeEach
  void copy() throws IOException {
    study = Plans.FINISHED.copyTo(folder);
  }

  private Garbage find(Instant now) throws IOException {
    return new GarbageSearch(study.study(), Duration.ZERO, now).find();
  }

  /** Curvature is measured anew, so six records are of no plan. */
  private void replacePlan() throws IOException {
    Sweep sweep = SmallStudy.sweepWithOtherCurvature();
    new PlanFiles(study.store()).freeze(sweep, study.open(sweep).data());
    study.store().delete("plan.json");
  }

  private void rewrite(String stage, UnaryOperator<UnitResult> change) throws IOException {
    Ledger ledger = new Ledger(study.store());
    for (String key : ledger.keys(stage)) {
      UnitResult result = ledger.find(stage, key).orElseThrow();
      ledger.forget(stage, key);
      ledger.record(change.apply(result));
    }
  }

  private static UnitResult ofOtherData(UnitResult result) {
    return UnitResult.newBuilder(result)
        .setDataSha256(ELSEWHERE)
        .setModels(
            result.getModels().stream()
                .map(row -> Model.newBuilder(row).setDataSha256(ELSEWHERE).build())
                .toList())
        .build();
  }

  private static UnitResult ofEarlierVersion(UnitResult result) {
    return UnitResult.newBuilder(result).setDataSha256(null).build();
  }

  private void touch(Instant time) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.filter(Files::isRegularFile).forEach(file -> touch(file, time));
    }
  }

  private static void touch(Path file, Instant time) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(time));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<KeptFor> reasons(Garbage garbage) {
    return garbage.kept().stream().map(Garbage.Kept::reason).collect(Collectors.toSet());
  }

  @Test
  void recordsOfAPlanAreNoGarbage() throws IOException {
    assertThat(find(later).pieces()).isEmpty();
    assertThat(find(later).kept()).isEmpty();
  }

  @Test
  void everyRecordSaysWhatDataItWasMadeFrom() throws IOException {
    Ledger ledger = new Ledger(study.store());
    String sha256 = study.open(SmallStudy.SWEEP).data().get(0).sha256();
    for (String stage : Stages.standard().names()) {
      for (String key : ledger.keys(stage)) {
        assertThat(ledger.find(stage, key).orElseThrow().getDataSha256()).isEqualTo(sha256);
      }
    }
  }

  @Test
  void recordsOfNoPlanAreGarbageOnceTheyAreAnHourOld() throws IOException {
    replacePlan();

    Garbage young = find(Instant.now());
    Garbage old = find(later);

    assertThat(young.pieces()).isEmpty();
    assertThat(young.kept()).hasSize(6);
    assertThat(reasons(young)).containsExactly(KeptFor.YOUNG);
    assertThat(old.kept()).isEmpty();
    assertThat(old.pieces())
        .hasSize(6)
        .allMatch(piece -> piece.reason() == Reason.RECORD_OF_NO_PLAN);
  }

  @Test
  void aRecordIsYoungByItsOwnTimeOrTheStorages() throws IOException {
    replacePlan();
    Instant now = Instant.now();
    Instant longAgo = now.minus(Duration.ofDays(9));

    touch(longAgo);
    assertThat(reasons(find(now))).containsExactly(KeptFor.YOUNG);
    rewrite("curvature", result -> UnitResult.newBuilder(result).setComputedAt(longAgo).build());
    assertThat(reasons(find(now))).containsExactly(KeptFor.YOUNG);
    touch(longAgo);
    assertThat(find(now).pieces()).hasSize(6);
    assertThat(new LedgerCompaction(study.store()).compact("curvature", 2).records()).isEqualTo(6);
    assertThat(reasons(find(now))).containsExactly(KeptFor.YOUNG);
    touch(longAgo);
    assertThat(find(now).pieces()).hasSize(6);
  }

  @Test
  void recordsMadeFromOtherDataThanAnyPlansStayWithTheirWeights() throws IOException {
    for (String stage : Stages.standard().names()) {
      rewrite(stage, GarbageSearchTest::ofOtherData);
    }
    Sweep sweep = SmallStudy.sweepWith("seeds: 3", "seeds: [7, 8]");
    new PlanFiles(study.store()).freeze(sweep, study.open(sweep).data());
    study.store().delete("plan.json");

    Garbage garbage = find(later);

    assertThat(garbage.pieces()).isEmpty();
    assertThat(garbage.kept()).hasSize(6 + 6 + 6 + 2 + 2 + 2);
    assertThat(reasons(garbage)).containsExactly(KeptFor.OTHER_DATA);
  }

  @Test
  void whatRecordsOfEarlierVersionsWereMadeFromIsToldByTheirTrainings() throws IOException {
    replacePlan();
    rewrite("curvature", GarbageSearchTest::ofEarlierVersion);
    assertThat(find(later).pieces()).hasSize(6);

    Ledger ledger = new Ledger(study.store());
    for (String key : ledger.keys(TrainStage.NAME)) {
      UnitResult training = ledger.find(TrainStage.NAME, key).orElseThrow();
      ledger.record(
          UnitResult.newBuilder(ofOtherData(training)).setKey("cd" + key.substring(2)).build());
    }
    Garbage mixed = find(later);
    assertThat(mixed.pieces()).isEmpty();
    assertThat(reasons(mixed)).containsExactly(KeptFor.OTHER_DATA);

    for (String key : ledger.keys(TrainStage.NAME)) {
      ledger.forget(TrainStage.NAME, key);
    }
    assertThat(reasons(find(later))).containsExactly(KeptFor.UNKNOWN_DATA);
  }

  @Test
  void aRecordThatCannotBeReadStays() throws IOException {
    study.store().write(Ledger.name("train", "ab".repeat(32)), new byte[] {1});

    Garbage garbage = find(later);

    assertThat(garbage.pieces()).isEmpty();
    assertThat(reasons(garbage)).containsExactly(KeptFor.UNREADABLE);
  }

  @Test
  void nothingIsFoundWhileAPlanIsDamaged() throws IOException {
    String text = Files.readString(folder.resolve("plan.json"));
    Files.writeString(folder.resolve("plan.json"), text.replace("0.1", "0.2"));

    assertThatThrownBy(() -> find(later))
        .isInstanceOf(InvalidSweepException.class)
        .hasMessageContaining(folder.resolve("plan.json").toString());
  }

  @Test
  void aStudyThatRequestsHaveFedIsLeftAlone() throws IOException {
    WatchMark.write(study.store(), null);

    assertThatThrownBy(() -> find(later))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("watch.json");
  }

  @Test
  void weightsOfNoPlanAreGarbage() throws IOException {
    Sweep sweep = SmallStudy.sweepWith("seeds: 3", "seeds: [0, 1]");
    new PlanFiles(study.store()).freeze(sweep, study.open(sweep).data());
    study.store().delete("plan.json");

    Garbage garbage = find(later);

    assertThat(garbage.pieces())
        .filteredOn(piece -> piece.reason() == Reason.MODEL_OF_NO_PLAN)
        .hasSize(2);
    garbage.removeFrom(study.store());
    assertThat(find(later).pieces()).isEmpty();
    assertThat(study.open(sweep).plan().stages().get(0).missing()).isEmpty();
  }
}
