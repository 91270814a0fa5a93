package dev.terrain.taxonomy.boundary;

import static java.util.Arrays.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.random.CounterRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class GapTest {
  @Test
  void widest_twoKinds_isBetweenThem() {
    double[] low = {0.001, 0.001, 0.0012, 0.0014, 0.0016, 0.002};
    double[] high = {0.05, 0.06, 0.08, 0.1, 0.1, 0.2};
    Gap gap =
        Gap.widest(DoubleStream.concat(stream(high), stream(low)).toArray(), 1e-4, 0.3)
            .orElseThrow();

    assertThat(gap.below()).isEqualTo(0.002);
    assertThat(gap.above()).isEqualTo(0.05);
    assertThat(gap.factor()).isCloseTo(25, within(1e-12));
    assertThat(gap.middle()).isCloseTo(0.01, within(1e-15));
    assertThat(gap.nextFactor()).isCloseTo(2, within(1e-12));
    assertThat(gap.cellsBelow()).isEqualTo(6);
    assertThat(gap.cellsAbove()).isEqualTo(6);
  }

  /** Twenty values of which the widest interval is one that chance makes in two of five cases. */
  @Test
  void widest_amongFewValues_isNoGapThatChanceMakes() {
    double[] values = new double[20];
    for (int i = 0; i < values.length; i++) {
      values[i] = 2e-4 * Math.pow(1.35, i) * (i < 12 ? 1 : 3.2);
    }

    assertThat(Gap.widest(values, 1e-4, 0.3)).isEmpty();
  }

  @Test
  void widest_middleOutsideTheRange_isNoGap() {
    assertThat(Gap.widest(new double[] {0.5, 0.6, 5, 6}, 1e-4, 0.3)).isEmpty();
  }

  @Test
  void widest_belowTheResolution_isNoGap() {
    assertThat(Gap.widest(new double[] {1e-6, 2e-6, 0.05, 0.09}, 0.1, 10)).isEmpty();
  }

  @Test
  void widest_singleOutlier_isNoGap() {
    assertThat(Gap.widest(new double[] {0.001, 0.05, 0.06, 0.07}, 1e-4, 0.3)).isEmpty();
  }

  @Test
  void widest_twoAlike_isNoGap() {
    assertThat(Gap.widest(new double[] {1e-3, 1.1e-3, 1e-2, 1.1e-2, 1e-1, 1.1e-1}, 1e-4, 0.3))
        .isEmpty();
  }

  @Test
  void widest_noValues_isEmpty() {
    assertThat(Gap.widest(new double[0], 1e-4, 0.3)).isEmpty();
  }

  @Test
  void widest_smoothLosses_seldomFindsOne() {
    int found = 0;
    for (int seed = 0; seed < 200; seed++) {
      CounterRandom random = CounterRandom.of("losses", "gap", seed);
      double[] losses = new double[64];
      for (int i = 0; i < losses.length; i++) {
        losses[i] = Math.exp(Math.log(1e-3) + Math.log(1e3) * random.nextDouble());
      }
      found += Gap.widest(losses, 1e-4, 0.3).isPresent() ? 1 : 0;
    }
    assertThat(found).isLessThanOrEqualTo(10);
  }
}
