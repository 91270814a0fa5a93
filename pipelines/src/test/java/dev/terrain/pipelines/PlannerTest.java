package dev.terrain.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.terrain.spec.Fingerprints;
import dev.terrain.spec.SpecFilter;
import dev.terrain.spec.SweepExpansion;
import dev.terrain.spec.SweepFile;
import dev.terrain.store.Checkpoints;
import dev.terrain.store.Tensor;
import dev.terrain.tables.TableReader;
import dev.terrain.transforms.RunControl;
import dev.terrain.transforms.UnitSelection;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Model;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {
  @TempDir private static Path finishedFolder;
  private static SmallStudy finished;

  @TempDir private Path empty;

  @BeforeAll
  static void finish() throws IOException {
    finished = new SmallStudy(finishedFolder);
    finished.run(SmallStudy.SWEEP);
  }

  @ParameterizedTest
  @CsvSource({
    "2, first, 1", "2, ring, 1", "2, all, 1",
    "3, first, 1", "3, ring, 3", "3, all, 3",
    "4, first, 1", "4, ring, 4", "4, all, 6"
  })
  void anEmptyStudyLacksEveryUnit(int seeds, String pairs, int pairsOfACell) throws IOException {
    Sweep sweep =
        SweepFile.parse(
            SmallStudy.YAML
                .replace("seeds: 3", "seeds: " + seeds)
                .replace("pairs: first", "pairs: " + pairs),
            "small");

    Plan plan = plan(new SmallStudy(empty), sweep);

    assertThat(plan.cells()).isEqualTo(2);
    assertThat(plan.models()).isEqualTo(2L * seeds);
    assertThat(missing(plan))
        .containsExactly(
            Map.entry("train", 2 * seeds),
            Map.entry("curvature", 2 * seeds),
            Map.entry("connectivity", 2 * pairsOfACell),
            Map.entry("similarity", 2),
            Map.entry("distance", 2));
    assertThat(plan.done()).isZero();
    assertThat(plan.stages().get(0).states()).isEqualTo(Map.of(UnitState.MISSING, 2 * seeds));
    assertThat(plan.stages().subList(1, 5))
        .allMatch(stage -> stage.in(UnitState.UPSTREAM) == stage.missing().size());
    assertThat(empty).isEmptyDirectory();
  }

  @Test
  void aSingleModelOfACellIsMeasuredButNotCompared() throws IOException {
    Plan plan = plan(new SmallStudy(empty), SmallStudy.sweepWith("seeds: 3", "seeds: 1"));

    assertThat(missing(plan))
        .isEqualTo(
            Map.of("train", 2, "curvature", 2, "connectivity", 0, "similarity", 0, "distance", 0));
  }

  @Test
  void onlyTheMetricsOfTheSweepArePlanned() throws IOException {
    Sweep sweep =
        Sweep.newBuilder(SmallStudy.SWEEP).setMetrics(List.of("losses", "distance")).build();

    assertThat(missing(plan(new SmallStudy(empty), sweep)))
        .isEqualTo(Map.of("train", 6, "distance", 2));
  }

  @Test
  void theKeysOfThePlanAreThoseThatThePipelineRecords() throws IOException {
    Plan plan = plan(new SmallStudy(empty), SmallStudy.SWEEP);

    assertThat(plan.stages()).hasSize(5);
    for (StagePlan stage : plan.stages()) {
      assertThat(finished.context().ledger().keys(stage.stage()))
          .as(stage.stage())
          .isEqualTo(stage.missing());
    }
  }

  @Test
  void afterARunNothingIsMissingAndTimesAreKnown() throws IOException {
    Plan plan = plan(finished, SmallStudy.SWEEP);

    assertThat(plan.missing()).isZero();
    assertThat(plan.done()).isEqualTo(6 + 6 + 2 + 2 + 2);
    assertThat(plan.stages()).allMatch(stage -> stage.meanDuration() != null);
    assertThat(plan.stages()).allMatch(stage -> stage.examples().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"first, 0", "ring, 3", "all, 5"})
  void oneMoreSeedAddsOneModelACellAndWhatFollowsFromIt(String pairs, int newPairsOfACell)
      throws IOException {
    Sweep grown =
        SweepFile.parse(
            SmallStudy.YAML
                .replace("seeds: 3", "seeds: 4")
                .replace("pairs: first", "pairs: " + pairs),
            "small");

    assertThat(missing(plan(finished, grown)))
        .isEqualTo(
            Map.of(
                "train",
                2,
                "curvature",
                2,
                "connectivity",
                2 * newPairsOfACell,
                "similarity",
                2,
                "distance",
                2));
  }

  @Test
  void oneMoreValueOfAnAxisAddsOneCell() throws IOException {
    Sweep grown = SmallStudy.sweepWith("width: [2, 4]", "width: [2, 3, 4]");

    assertThat(missing(plan(finished, grown)))
        .isEqualTo(
            Map.of("train", 3, "curvature", 3, "connectivity", 1, "similarity", 1, "distance", 1));
  }

  @Test
  void aChangedSettingOfTheCurvatureConcernsTheCurvatureOnly() throws IOException {
    assertThat(missing(plan(finished, SmallStudy.sweepWithOtherCurvature())))
        .isEqualTo(
            Map.of("train", 0, "curvature", 6, "connectivity", 0, "similarity", 0, "distance", 0));
  }

  @Test
  void allPairsInsteadOfTheFirstAddsTheOthers() throws IOException {
    Sweep all = SmallStudy.sweepWith("pairs: first", "pairs: all");

    assertThat(missing(plan(finished, all)))
        .isEqualTo(
            Map.of("train", 0, "curvature", 0, "connectivity", 4, "similarity", 0, "distance", 0));
  }

  @Test
  void aChangedThresholdOfThePhasesNeedsNothing() throws IOException {
    Sweep other = SweepFile.parse(SmallStudy.YAML + "taxonomy: {similar_cka: 0.5}\n", "small");

    assertThat(plan(finished, other).missing()).isZero();
  }

  @Test
  void divergedModelsAreCountedAndNotMeasured(@TempDir Path folder) throws IOException {
    // Each step multiplies the weights by 1 - 1000 * 1, which no float survives for 16 steps.
    Sweep sweep =
        SweepFile.parse(
            SmallStudy.YAML
                .replace("epochs: 2", "epochs: 2, weight_decay: 1")
                .replace("batch_size: [16]", "learning_rate: [0.01, 1000]")
                .replace("width: [2, 4]", "width: [2]")
                .replace("seeds: 3", "seeds: 2")
                .replace("depth: 1", "depth: 1, batch_size: 16"),
            "diverging");
    SmallStudy study = new SmallStudy(folder);
    RunSummary summary = study.run(sweep);

    Plan plan = plan(study, sweep);

    assertThat(summary.failed()).isZero();
    assertThat(plan.models()).isEqualTo(4);
    assertThat(plan.diverged()).isEqualTo(2);
    assertThat(plan.missing()).isZero();
    assertThat(plan.stages().stream().map(StagePlan::total)).containsExactly(4, 2, 1, 1, 1);
  }

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
            "width=2 batch_size=16 seed 0: MISSING, goes on from saved progress",
            "width=2 batch_size=16 seed 1: FAILED (no power (attempt 1 of 3)), goes on from saved progress",
            "width=2 batch_size=16 seed 2: MISSING",
            "width=4 batch_size=16 seed 0: MISSING",
            "width=4 batch_size=16 seed 1: MISSING",
            "width=4 batch_size=16 seed 2: FAILED (no power (attempt 3 of 3))");

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
        plan(finished, SmallStudy.sweepWith("epochs: 2", "epochs: 3")).stages().get(0);
    StagePlan curvature = plan(finished, SmallStudy.sweepWithOtherCurvature()).stages().get(1);

    assertThat(train.states()).isEqualTo(Map.of(UnitState.SPEC_CHANGED, 6));
    assertThat(train.examples()).allMatch(text -> text.endsWith("SPEC_CHANGED (epochs: 2 -> 3)"));
    assertThat(curvature.states()).isEqualTo(Map.of(UnitState.SPEC_CHANGED, 6));
    assertThat(curvature.examples().get(0)).contains("SPEC_CHANGED (examples: ");
  }

  @Test
  void aModelThatIsKnownUnderAnotherIdHasASchemaThatChanged(@TempDir Path folder)
      throws IOException {
    SmallStudy study = finished.copyTo(folder);
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

    StagePlan train = plan(study, SmallStudy.SWEEP).stages().get(0);

    assertThat(train.states()).isEqualTo(Map.of(UnitState.SCHEMA_VERSION, 1));
    assertThat(train.examples().get(0)).contains("known as model 0123456789ab before");
  }

  @Test
  void onlyTheSelectedUnitsAreToBeDone() throws IOException {
    SmallStudy study = new SmallStudy(empty);

    assertThat(selected(study, UnitSelection.ALL.withOnly(SpecFilter.parse("width > 2"))))
        .isEqualTo(
            Map.of("train", 3, "curvature", 3, "connectivity", 1, "similarity", 1, "distance", 1));
    assertThat(selected(study, UnitSelection.ALL.withStages(List.of("train"))))
        .isEqualTo(
            Map.of("train", 6, "curvature", 0, "connectivity", 0, "similarity", 0, "distance", 0));
    assertThat(selected(study, UnitSelection.ALL.withOnly(SpecFilter.parse("seed == 0"))))
        .isEqualTo(
            Map.of("train", 2, "curvature", 2, "connectivity", 0, "similarity", 0, "distance", 0));
  }

  private static Map<String, Integer> selected(SmallStudy study, UnitSelection selection)
      throws IOException {
    Plan plan =
        new Planner(SmallStudy.SWEEP, study.context())
            .withControl(RunControl.STANDARD.withSelection(selection))
            .plan();
    assertThat(plan.total()).isEqualTo(6 + 6 + 2 + 2 + 2);
    return missing(plan);
  }

  @Test
  void aBudgetAllowsWholeCells() throws IOException {
    SmallStudy study = new SmallStudy(empty);
    Planner planner = new Planner(SmallStudy.SWEEP, study.context());

    UnitSelection limited = budget(5).limit(planner, UnitSelection.ALL);
    assertThat(selected(study, limited))
        .isEqualTo(
            Map.of("train", 3, "curvature", 3, "connectivity", 1, "similarity", 1, "distance", 1));
    assertThat(budget(6).limit(planner, UnitSelection.ALL)).isSameAs(UnitSelection.ALL);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> budget(2).limit(planner, UnitSelection.ALL))
        .withMessage("--max-models (2) allows not even one cell, which needs 3 models");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> time(Duration.ofHours(1)).limit(planner, UnitSelection.ALL))
        .withMessageContaining("--max-hours: how long a unit of");
  }

  @Test
  void aTimeIsKeptByTheMeanTimesOfWhatIsDone() throws IOException {
    Sweep grown = SmallStudy.sweepWith("width: [2, 4]", "width: [2, 3, 4, 5]");
    Planner planner = new Planner(grown, finished.context());
    Plan plan = planner.plan();
    long half = plan.estimate(1).orElseThrow().toMillis() / 2;

    UnitSelection limited = time(Duration.ofMillis(half + 1)).limit(planner, UnitSelection.ALL);

    assertThat(missing(planner.withControl(RunControl.STANDARD.withSelection(limited)).plan()))
        .containsEntry("train", 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> time(Duration.ofMillis(half - 2)).limit(planner, UnitSelection.ALL))
        .withMessageContaining("allows not even one cell");
  }

  private static CellBudget budget(int models) {
    return new CellBudget(OptionalInt.of(models), Optional.empty(), 1);
  }

  private static CellBudget time(Duration time) {
    return new CellBudget(OptionalInt.empty(), Optional.of(time), 1);
  }

  @Test
  void aCorruptRecordOfATrainingDoesNotHideTheRestOfThePlan(@TempDir Path folder)
      throws IOException {
    SmallStudy study = finished.copyTo(folder);
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
    SmallStudy study = finished.copyTo(folder);
    for (String key : study.context().ledger().keys("distance")) {
      Files.write(study.record("distance", key), new byte[] {1, 2, 3});
    }

    Plan plan = plan(study, SmallStudy.SWEEP);

    assertThat(plan.stages().get(4).stage()).isEqualTo("distance");
    assertThat(plan.stages().get(4).meanDuration()).isNull();
  }

  private static Plan plan(SmallStudy study, Sweep sweep) throws IOException {
    return new Planner(sweep, study.context()).plan();
  }

  private static Map<String, Integer> missing(Plan plan) {
    Map<String, Integer> missing = new LinkedHashMap<>();
    plan.stages().forEach(stage -> missing.put(stage.stage(), stage.missing().size()));
    return missing;
  }
}
