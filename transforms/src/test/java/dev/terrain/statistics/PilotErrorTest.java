package dev.terrain.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.random.CounterRandom;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PilotErrorTest {
  private static final int PILOT = 8;
  private static final int BLOCK = 4;
  private static final int MOST = 400;
  private static final int RUNS = 4000;

  /**
   * Means of normal samples, to which blocks are added until the error is at most 1. What adds
   * until the spread of all samples looks small covers 92 percent at best and 90 where the pilot's
   * true error is near 1.
   *
   * @param deviation standard deviation of a sample; √8 gives the pilot the error 1
   */
  @ParameterizedTest
  @ValueSource(doubles = {1, 2, 2.8, 3.5, 5, 8})
  void twoErrorsCoverTheMean_howeverManySamplesThePilotAskedFor(double deviation) {
    int covered = 0;
    for (int run = 0; run < RUNS; run++) {
      CounterRandom random = CounterRandom.of("pilot", "run", run);
      double[] samples = new double[MOST];
      for (int i = 0; i < MOST; i++) {
        samples[i] = deviation * random.nextGaussian();
      }
      double plain = SampleMean.of(Arrays.copyOf(samples, PILOT)).standardError();
      int count = PILOT;
      while (count < MOST && new PilotError(PILOT, count).of(plain) > 1) {
        count += BLOCK;
      }
      double mean = SampleMean.of(Arrays.copyOf(samples, count)).value();
      covered += Math.abs(mean) <= 2 * new PilotError(PILOT, count).of(plain) ? 1 : 0;
    }

    // 95.45 %; four standard deviations of chance are 1.3 %.
    assertThat(covered / (double) RUNS).isBetween(0.941, 0.968);
  }
}
