package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.plan.Pace;
import dev.terrain.plan.StagePlan;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressTextTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void stagesThatHaveNotBegun_countWithTheirEstimates() {
    StageProgress train = stage("train", pace(1), 1, 1, 1, 1);
    StageProgress curvature = stage("curvature", pace(1), 30, 30);
    train.take("train0", 1, 1);

    assertThat(ProgressText.of(List.of(train, curvature), 1, MINUTE))
        .isEqualTo("about 1 min 03 s left; 1/6 units, 0.0/s; train 1/4");
  }

  @Test
  void cheapUnitsFirst_doNotMakeTheDearOnesCheap() {
    // Half of the units are done, which is a hundredth of the work.
    StageProgress train = stage("train", Optional.empty(), 1, 1, 1, 97, 97, 97);
    for (int i = 0; i < 3; i++) {
      train.take("train" + i, 1, 0.02);
    }

    assertThat(ProgressText.of(List.of(train), 1, MINUTE)).startsWith("about 6 s left; ");
  }

  @Test
  void whatThisRunTakes_replacesWhatWasKnownBefore() {
    StageProgress train = stage("train", pace(1), ones(1000));
    for (int i = 0; i < 500; i++) {
      train.take("train" + i, 1, 2);
    }

    assertThat(ProgressText.of(List.of(train), 10, MINUTE)).startsWith("about 1 min 40 s left; ");
  }

  @Test
  void aStageOfWhichNothingIsKnown_goesByTheOthersOfThisRun() {
    StageProgress train = stage("train", Optional.empty(), 1, 1);
    StageProgress distance = stage("distance", Optional.empty(), 5);

    assertThat(ProgressText.of(List.of(train, distance), 1, MINUTE)).startsWith("0/3 units");
    train.take("train0", 1, 10);
    assertThat(ProgressText.of(List.of(train, distance), 1, MINUTE))
        .startsWith("about 1 min 00 s left; ");
  }

  @Test
  void aProbeThatWasWrong_isPutRightForTheStagesToCome() {
    Optional<Pace> probed = Optional.of(new Pace(1, 8, 16, Pace.Basis.PROBE));
    StageProgress train = stage("train", probed, ones(100));
    StageProgress curvature = stage("curvature", probed, ones(50));
    for (int i = 0; i < 100; i++) {
      train.take("train" + i, 1, 1);
    }

    assertThat(ProgressText.of(List.of(train, curvature), 1, MINUTE))
        .startsWith("about 50 s left; ");
  }

  @Test
  void theLastUnit_isNotSharedOut_andWhatIsLeftIsNeverNothing() {
    StageProgress train = stage("train", pace(1), 30);
    StageProgress distance = stage("distance", pace(1), 0.001);

    assertThat(ProgressText.of(List.of(train), 8, MINUTE)).startsWith("about 30 s left; ");
    assertThat(ProgressText.of(List.of(distance), 8, MINUTE)).startsWith("about 1 s left; ");
  }

  @Test
  void aFullLine_fitsATerminalOf80Columns() {
    StageProgress curvature = stage("curvature", pace(1), ones(72));
    StageProgress connectivity = stage("connectivity", pace(1), ones(72));
    curvature.take("curvature0", 1, 1);
    connectivity.take("connectivity0", 1, 1);

    assertThat(ProgressText.of(List.of(curvature, connectivity), 2, MINUTE).length())
        .isLessThan(80);
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static Optional<Pace> pace(double pace) {
    return Optional.of(new Pace(pace, pace, pace, Pace.Basis.RECORDS));
  }

  private static StageProgress stage(String name, Optional<Pace> pace, double... nominal) {
    Map<String, Double> work = new LinkedHashMap<>();
    for (double seconds : nominal) {
      work.put(name + work.size(), seconds);
    }
    return new StageProgress(
        new StagePlan(name, 0, work, 0, 0, Map.of(), 0, List.of(), null, pace));
  }
}
