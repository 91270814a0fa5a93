package dev.terrain.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.plan.Pace.Basis;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanTest {
  @Test
  void theEstimateIsTheTimesOfTheMissingUnitsSharedByTheWorkers() {
    Plan plan =
        plan(
            stage("train", 5, 4.0, 4, 3, 1),
            stage("curvature", 1, 8.0, 8),
            stage("distance", 7, 9.0));

    assertThat(plan.estimate(1).whole()).contains(Duration.ofSeconds(4 * 8 + 8 * 8));
    assertThat(plan.estimate(2).whole()).contains(Duration.ofSeconds(64));
    assertThat(plan.total()).isEqualTo(17);
    assertThat(plan.done()).isEqualTo(13);
    assertThat(plan.missing()).isEqualTo(4);
  }

  @Test
  void theLongestUnitIsNotSharedOut() {
    Plan plan = plan(stage("train", 0, 1.0, 100, 1, 1));

    assertThat(plan.estimate(8).whole()).contains(Duration.ofSeconds(100));
  }

  @Test
  void aStageOfWhichNothingIsKnownIsNamed() {
    StagePlan timed = stage("train", 5, 4.0, 1, 1);

    TimeEstimate estimate = plan(timed, stage("curvature", 0, null, 1)).estimate(2);

    assertThat(estimate.whole()).isEmpty();
    assertThat(estimate.unknown()).containsExactly("curvature");
    assertThat(estimate.middle()).isEqualTo(Duration.ofSeconds(4));
    assertThat(plan(timed, stage("curvature", 0, null)).estimate(2).whole())
        .contains(Duration.ofSeconds(4));
  }

  @Test
  void aStageOfWhichNothingIsKnownGoesByTheOthers() {
    Plan plan =
        plan(stage("train", 5, 2.0, 1), stage("distance", 5, 8.0), stage("curvature", 0, null, 10))
            .withPacesOfOtherStages();

    Pace pace = plan.stages().get(2).pace().orElseThrow();
    assertThat(pace.middle()).isCloseTo(4, within(1e-12));
    assertThat(pace.low()).isEqualTo(2);
    assertThat(pace.high()).isEqualTo(8);
    assertThat(plan.estimate(1).basis()).contains(Basis.OTHER_STAGES);
  }

  @Test
  void nothingToDoTakesNoTime() {
    assertThat(plan(stage("train", 0, null)).estimate(2).whole()).contains(Duration.ZERO);
  }

  private static Plan plan(StagePlan... stages) {
    return new Plan(1, 8, 0, List.of(stages), List.of());
  }

  private static StagePlan stage(String name, int done, Double pace, double... nominal) {
    Map<String, Double> work = new LinkedHashMap<>();
    for (double seconds : nominal) {
      work.put(name + work.size(), seconds);
    }
    return new StagePlan(
        name,
        done,
        work,
        0,
        0,
        Map.of(),
        0,
        List.of(),
        null,
        Optional.ofNullable(pace).map(p -> new Pace(p, p, p, Basis.RECORDS)));
  }
}
