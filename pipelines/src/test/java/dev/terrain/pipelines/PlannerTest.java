package dev.terrain.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.spec.Fingerprints;
import dev.terrain.spec.SweepExpansion;
import dev.terrain.spec.SweepFile;
import dev.terrain.store.Checkpoints;
import dev.terrain.store.Tensor;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    assertThat(plan.stages()).allMatch(stage -> stage.fresh() == stage.missing().size());
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

    StagePlan train =
        new Planner(SmallStudy.SWEEP, study.context(), Set.of(keys.get(1), keys.get(5)))
            .plan()
            .stages()
            .get(0);

    // The second model has both: it failed, wherever it then goes on.
    assertThat(train.resumable()).isEqualTo(1);
    assertThat(train.failedBefore()).isEqualTo(2);
    assertThat(train.fresh()).isEqualTo(3);
    assertThat(train.examples())
        .containsExactly(
            "width=2 batch_size=16 seed 0: goes on from saved progress",
            "width=2 batch_size=16 seed 1: failed in the last run",
            "width=2 batch_size=16 seed 2: new",
            "width=4 batch_size=16 seed 0: new",
            "width=4 batch_size=16 seed 1: new",
            "width=4 batch_size=16 seed 2: failed in the last run");
  }

  @Test
  void aCorruptRecordOfATrainingDoesNotHideTheRestOfThePlan(@TempDir Path folder)
      throws IOException {
    SmallStudy study = finished.copyTo(folder);
    String key = study.context().ledger().keys("train").iterator().next();
    Files.write(study.record("train", key), new byte[] {1, 2, 3});

    Plan plan = plan(study, SmallStudy.SWEEP);

    assertThat(plan.missing()).isEqualTo(1);
    assertThat(plan.stages().get(0).missing()).containsExactly(key);
    assertThat(plan.stages().get(0).examples())
        .singleElement()
        .asString()
        .contains(key + ".avro: corrupt ledger record", "delete it");
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
    return new Planner(sweep, study.context(), Set.of()).plan();
  }

  private static Map<String, Integer> missing(Plan plan) {
    Map<String, Integer> missing = new LinkedHashMap<>();
    plan.stages().forEach(stage -> missing.put(stage.stage(), stage.missing().size()));
    return missing;
  }
}
