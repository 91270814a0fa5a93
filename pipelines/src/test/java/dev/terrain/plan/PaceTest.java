package dev.terrain.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.plan.Pace.Timed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void noUnits_tellNothing() {
    assertThat(Pace.of(List.of(), 1)).isEmpty();
    assertThat(Pace.of(List.of(new Timed(1, 0)), 1)).isEmpty();
  }

  @Test
  void theMiddle_isAllTimeOverAllNominalTime() {
    Pace pace =
        Pace.of(List.of(new Timed(1, 5), new Timed(1, 1), new Timed(8, 24)), 8).orElseThrow();

    assertThat(pace.middle()).isEqualTo(3);
    assertThat(pace.low()).isEqualTo(1);
    assertThat(pace.high()).isEqualTo(5);
  }

  @Test
  void aSingleUnit_isTrustedToAFactorOfTwo() {
    Pace pace = Pace.of(List.of(new Timed(2, 6)), 2).orElseThrow();

    assertThat(pace.low()).isEqualTo(1.5);
    assertThat(pace.middle()).isEqualTo(3);
    assertThat(pace.high()).isEqualTo(6);
  }

  @Test
  void scatter_evensOut_butWhatGoesWithTheSizeStays() {
    Random random = new Random(1);
    List<Timed> scattered = new ArrayList<>();
    List<Timed> sloped = new ArrayList<>();
    for (int i = 1; i <= 500; i++) {
      scattered.add(new Timed(i, i * Math.exp(random.nextGaussian() / 2)));
      sloped.add(new Timed(i, i < 250 ? 2.0 * i : i));
    }
    Collections.shuffle(sloped, random);

    Pace even = Pace.of(scattered, 250).orElseThrow();
    Pace slope = Pace.of(sloped, 250).orElseThrow();

    // The mean of exp(N(0, 1/4)) is exp(1/8).
    assertThat(even.middle()).isCloseTo(Math.exp(1 / 8.0), within(0.1));
    assertThat(even.high() / even.low()).isLessThan(1.3);
    assertThat(slope.low()).isEqualTo(1);
    assertThat(slope.high()).isEqualTo(2);
  }

  @Test
  void whatIsLargerThanAnythingThatWasDone_isTrustedLess() {
    List<Timed> units = List.of(new Timed(1, 1), new Timed(1, 1), new Timed(1, 1));

    assertThat(Pace.of(units, 1).orElseThrow().high()).isEqualTo(1);
    assertThat(Pace.of(units, 3).orElseThrow().high()).isEqualTo(2);
  }
}
