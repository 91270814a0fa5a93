package dev.terrain.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanTest {
  @Test
  void theEstimateIsTheMeanTimesOfTheMissingUnitsSharedByTheWorkers() {
    Plan plan =
        plan(
            stage("train", 5, 3, Duration.ofSeconds(4)),
            stage("curvature", 1, 1, Duration.ofSeconds(8)),
            stage("distance", 7, 0, Duration.ofSeconds(1000)));

    assertThat(plan.estimate(1)).contains(Duration.ofSeconds(20));
    assertThat(plan.estimate(2)).contains(Duration.ofSeconds(10));
    assertThat(plan.total()).isEqualTo(17);
    assertThat(plan.done()).isEqualTo(13);
    assertThat(plan.missing()).isEqualTo(4);
  }

  @Test
  void withoutATimeOfAStageThatHasUnitsToDoThereIsNoEstimate() {
    StagePlan timed = stage("train", 5, 3, Duration.ofSeconds(4));

    assertThat(plan(timed, stage("curvature", 0, 1, null)).estimate(2)).isEmpty();
    assertThat(plan(timed, stage("curvature", 0, 0, null)).estimate(2))
        .contains(Duration.ofSeconds(6));
  }

  @Test
  void nothingToDoTakesNoTime() {
    assertThat(plan(stage("train", 0, 0, null)).estimate(2)).contains(Duration.ZERO);
  }

  private static Plan plan(StagePlan... stages) {
    return new Plan(1, 8, 0, List.of(stages));
  }

  private static StagePlan stage(String name, int done, int missing, Duration mean) {
    Set<String> keys =
        IntStream.range(0, missing).mapToObj(i -> name + i).collect(Collectors.toSet());
    return new StagePlan(name, done, keys, 0, 0, Map.of(), 0, List.of(), mean);
  }
}
