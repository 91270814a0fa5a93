package dev.terrain.taxonomy.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MeanIntervalTest {
  @Test
  void of_isStudentsInterval() {
    MeanInterval mean = MeanInterval.of(0.95, 1, 2, 3, 4, 5);
    Interval interval = Objects.requireNonNull(mean.interval());

    // t with 4 degrees of freedom is 2.776445 at 97.5 percent (tables); s/√n is √0.5.
    assertThat(mean.mean()).isCloseTo(3, within(1e-12));
    assertThat(interval.high() - 3).isCloseTo(2.776445105 * Math.sqrt(0.5), within(1e-6));
    assertThat(3 - interval.low()).isCloseTo(2.776445105 * Math.sqrt(0.5), within(1e-6));
  }

  @Test
  void of_hasNoIntervalForTwoNumbers() {
    assertThat(MeanInterval.of(0.95, 1, 2).interval()).isNull();
  }

  @Test
  void ofDifferences_isWelchsInterval() {
    // Variances 1 and 4 of 3 and 3 numbers: error √(1/3 + 4/3), degrees of freedom
    // (5/3)² / ((1/9 + 16/9)/2) = 2.941176.
    MeanInterval difference =
        MeanInterval.ofDifferences(
            0.95, List.of(new double[] {4, 5, 6}), List.of(new double[] {0, 2, 4}));
    Interval interval = Objects.requireNonNull(difference.interval());

    assertThat(difference.mean()).isCloseTo(3, within(1e-12));
    assertThat(StudentQuantile.twoSided(0.95, 2.9411764706)).isCloseTo(3.2187586, within(1e-6));
    assertThat(interval.high() - 3)
        .isCloseTo(StudentQuantile.twoSided(0.95, 2.9411764706) * Math.sqrt(5.0 / 3), within(1e-9));
  }

  @Test
  void ofDifferences_averagesOverStrata() {
    MeanInterval difference =
        MeanInterval.ofDifferences(
            0.95,
            List.of(new double[] {1, 1, 1}, new double[] {30, 30, 30}),
            List.of(new double[] {0, 0, 0}, new double[] {27, 27, 27}));

    assertThat(difference.mean()).isCloseTo(2, within(1e-12));
    assertThat(difference.interval()).isEqualTo(new Interval(2, 2));
  }

  @Test
  void ofDraws_isThePercentileInterval() {
    double[] draws = new double[1001];
    for (int i = 0; i < draws.length; i++) {
      draws[i] = 1000 - i;
    }

    Interval interval = Interval.ofDraws(draws, 0.95);
    assertThat(interval.low()).isCloseTo(25, within(1e-9));
    assertThat(interval.high()).isCloseTo(975, within(1e-9));
  }
}
