package dev.terrain.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.random.CounterRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class BootstrapTest {
  /** Of n things each is drawn once on average, with the variance 1 - 1/n of a binomial. */
  @Test
  void counts_areThoseOfDrawsWithReplacement() {
    CounterRandom random = CounterRandom.of("test", "bootstrap", 0);
    double squares = 0;
    int draws = 4000;
    for (int draw = 0; draw < draws; draw++) {
      int[] counts = Bootstrap.counts(random, 5);
      assertThat(Arrays.stream(counts).sum()).isEqualTo(5);
      squares += (counts[2] - 1.0) * (counts[2] - 1.0) / draws;
    }
    assertThat(squares).isCloseTo(0.8, within(0.1));
  }
}
