package dev.terrain.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.terrain.random.CounterRandom;
import org.junit.jupiter.api.Test;

class SeparatedJackknifeTest {
  private static final int[] SIZES = {10, 10, 10, 7};

  @Test
  void probesThatAgreeLeaveTheJackknifeOfTheBatches() {
    double[] values = {3, 1, 4, 1.5};

    assertThat(SeparatedJackknife.standardError(new double[][] {values, values, values}, SIZES))
        .isCloseTo(BatchJackknife.standardError(values, SIZES), within(1e-12));
  }

  @Test
  void aSingleProbeIsTakenAsItIs() {
    double[] values = {3, 1, 4, 1.5};

    assertThat(SeparatedJackknife.standardError(new double[][] {values}, SIZES))
        .isCloseTo(BatchJackknife.standardError(values, SIZES), within(1e-12));
  }

  @Test
  void theVarianceIsUnbiasedBesideNoiseOfTheSameSize() {
    // Ten batches with values of variance 1, six probes with noise of variance 6: 1/10 each.
    int[] sizes = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    double mean = 0;
    for (int run = 0; run < 2000; run++) {
      CounterRandom random = CounterRandom.of("test", "noise", run);
      double[][] samples = new double[6][10];
      for (int b = 0; b < 10; b++) {
        double value = random.nextGaussian();
        for (double[] ofProbe : samples) {
          ofProbe[b] = value + Math.sqrt(6) * random.nextGaussian();
        }
      }
      mean += Math.pow(SeparatedJackknife.standardError(samples, sizes), 2) / 2000;
    }

    assertThat(mean).isCloseTo(0.1, withinPercentage(10));
  }

  @Test
  void whatIsCommonToAllBatchesIsNoDataError() {
    double[][] samples = {{1, 1, 1, 1}, {5, 5, 5, 5}, {-3, -3, -3, -3}};

    assertThat(SeparatedJackknife.standardError(samples, SIZES)).isZero();
  }

  @Test
  void batchesThatDifferByNoiseAloneKeepAShareOfTheirSpread() {
    // The means 0 and ±1 are well within the noise of probes that differ by ±10.
    double[][] samples = {{10, -10, 11, -11}, {-10, 10, -9, 9}};
    double[] means = {0, 0, 1, -1};
    int[] sizes = {5, 5, 5, 5};

    assertThat(SeparatedJackknife.standardError(samples, sizes))
        .isCloseTo(BatchJackknife.standardError(means, sizes) / Math.sqrt(3), within(1e-12));
  }

  @Test
  void oneBatchTellsNothing() {
    assertThat(SeparatedJackknife.standardError(new double[][] {{1}, {2}}, new int[] {4})).isNull();
  }
}
