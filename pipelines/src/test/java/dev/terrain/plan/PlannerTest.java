package dev.terrain.plan;

import static dev.terrain.plan.Plans.FINISHED;
import static dev.terrain.plan.Plans.missing;
import static dev.terrain.plan.Plans.plan;
import static dev.terrain.plan.Plans.units;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.run.RunSummary;
import dev.terrain.run.SmallStudy;
import dev.terrain.sweep.SweepFile;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which units a plan finds missing. */
@Tag("engine")
class PlannerTest {
  @TempDir private Path empty;

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
            Map.entry("checkpoint", 2 * seeds),
            Map.entry("curvature", 2 * seeds),
            Map.entry("connectivity", 2 * pairsOfACell),
            Map.entry("similarity", 2),
            Map.entry("distance", 2));
    assertThat(plan.done()).isZero();
    assertThat(plan.stages().get(0).states()).isEqualTo(Map.of(UnitState.MISSING, 2 * seeds));
    assertThat(plan.stages().subList(1, 6))
        .allMatch(stage -> stage.in(UnitState.UPSTREAM) == stage.missing().size());
    assertThat(empty).isEmptyDirectory();
  }

  @Test
  void aSingleModelOfACellIsMeasuredButNotCompared() throws IOException {
    Plan plan = plan(new SmallStudy(empty), SmallStudy.sweepWith("seeds: 3", "seeds: 1"));

    assertThat(missing(plan))
        .isEqualTo(
            units("train 2, checkpoint 2, curvature 2, connectivity 0, similarity 0, distance 0"));
  }

  @Test
  void onlyTheMetricsOfTheSweepArePlanned() throws IOException {
    Sweep sweep =
        Sweep.newBuilder(SmallStudy.SWEEP).setMetrics(List.of("losses", "distance")).build();

    assertThat(missing(plan(new SmallStudy(empty), sweep)))
        .isEqualTo(units("train 6, checkpoint 6, distance 2"));
  }

  @Test
  void theKeysOfThePlanAreThoseThatThePipelineRecords() throws IOException {
    Plan plan = plan(new SmallStudy(empty), SmallStudy.SWEEP);

    assertThat(plan.stages()).hasSize(6);
    for (StagePlan stage : plan.stages()) {
      assertThat(FINISHED.context().ledger().keys(stage.stage()))
          .as(stage.stage())
          .isEqualTo(stage.missing());
    }
  }

  @Test
  void afterARunNothingIsMissingAndTimesAreKnown() throws IOException {
    Plan plan = plan(FINISHED, SmallStudy.SWEEP);

    assertThat(plan.missing()).isZero();
    assertThat(plan.done()).isEqualTo(6 + 6 + 6 + 2 + 2 + 2);
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

    assertThat(missing(plan(FINISHED, grown)))
        .isEqualTo(
            Map.of(
                "train",
                2,
                "checkpoint",
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

    assertThat(missing(plan(FINISHED, grown)))
        .isEqualTo(
            units("train 3, checkpoint 3, curvature 3, connectivity 1, similarity 1, distance 1"));
  }

  @Test
  void oneMoreMeasureAtAPointConcernsItselfOnly() throws IOException {
    Plan plan = plan(FINISHED, SmallStudy.sweepWith("measures: []", "measures: [sam_sharpness]"));

    assertThat(missing(plan))
        .isEqualTo(
            units("train 0, checkpoint 0, curvature 6, connectivity 0, similarity 0, distance 0"));
    assertThat(plan.done()).isEqualTo(24);
    assertThat(plan.stages().get(2).examples())
        .allMatch(example -> example.contains(" (sam_sharpness): "));
  }

  @Test
  void aChangedSettingOfTheCurvatureConcernsTheCurvatureOnly() throws IOException {
    assertThat(missing(plan(FINISHED, SmallStudy.sweepWithOtherCurvature())))
        .isEqualTo(
            units("train 0, checkpoint 0, curvature 6, connectivity 0, similarity 0, distance 0"));
  }

  @Test
  void allPairsInsteadOfTheFirstAddsTheOthers() throws IOException {
    Sweep all = SmallStudy.sweepWith("pairs: first", "pairs: all");

    assertThat(missing(plan(FINISHED, all)))
        .isEqualTo(
            units("train 0, checkpoint 0, curvature 0, connectivity 4, similarity 0, distance 0"));
  }

  @Test
  void aChangedThresholdOfThePhasesNeedsNothing() throws IOException {
    Sweep other = SweepFile.parse(SmallStudy.YAML + "taxonomy: {similar_cka: 0.5}\n", "small");

    assertThat(plan(FINISHED, other).missing()).isZero();
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
    assertThat(plan.stages().stream().map(StagePlan::total)).containsExactly(4, 2, 2, 1, 1, 1);
  }
}
