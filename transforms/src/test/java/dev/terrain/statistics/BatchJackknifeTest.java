package dev.terrain.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchJackknifeTest {
  private static final int[] SIZES = {10, 10, 10, 7};

  /** Busing, Meijer and van der Leeden's equations by their letter, leaving out and recomputing. */
  private static double naive(double[] values, int[] sizes) {
    double n = IntStream.of(sizes).sum();
    int batches = sizes.length;
    double whole = 0;
    for (int b = 0; b < batches; b++) {
      whole += sizes[b] * values[b] / n;
    }
    double[] without = new double[batches];
    double jackknife = batches * whole;
    for (int b = 0; b < batches; b++) {
      for (int c = 0; c < batches; c++) {
        without[b] += c == b ? 0 : sizes[c] * values[c] / (n - sizes[b]);
      }
      jackknife -= (1 - sizes[b] / n) * without[b];
    }
    double variance = 0;
    for (int b = 0; b < batches; b++) {
      double h = n / sizes[b];
      double pseudo = h * whole - (h - 1) * without[b];
      variance += (pseudo - jackknife) * (pseudo - jackknife) / (h - 1) / batches;
    }
    return Math.sqrt(variance);
  }

  @Test
  void leavesEveryBatchOutOnce() {
    double[] values = {3, 1, 4, 1.5};

    assertThat(BatchJackknife.standardError(values, SIZES))
        .isCloseTo(naive(values, SIZES), within(1e-12));
  }

  @Test
  void knowsNothingFromOneBatch() {
    assertThat(BatchJackknife.standardError(new double[] {3}, new int[] {10})).isNull();
  }

  @Test
  void refusesValuesThatDoNotFitTheBatches() {
    assertThatThrownBy(() -> BatchJackknife.standardError(new double[] {3, 2}, SIZES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("number of values (2) must be 4");
  }
}
