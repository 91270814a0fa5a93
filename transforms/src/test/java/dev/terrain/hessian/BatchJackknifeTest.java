package dev.terrain.hessian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.random.CounterRandom;
import java.util.List;
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
  void averagesTheFormsOfTheProbesBatchByBatch() {
    assertThat(BatchJackknife.traces(new double[][] {{1, 2, 3}, {3, 4, 5}}))
        .containsExactly(2, 3, 4);
  }

  @Test
  void deflatedTracesOfTheBatchesAreExactWhereTheirRestIsDiagonal() {
    // A_b = c_b qq' + e_b I: Rademacher forms see qq' through (q'v)² alone, which is taken off.
    double[] q = {0.5, 0.5, 0.5, 0.5};
    double[] along = {10, 12, 9, 14};
    double[] flat = {1, 2, 1, 0.5};
    Deflation deflation = Deflation.of(List.of(new Eigenpair(11, q, 1, true)));
    double[][] forms = new double[3][4];
    ProbeSample[] samples = new ProbeSample[3];
    for (int v = 0; v < 3; v++) {
      double[] probe = CounterRandom.of("test", "probe", v).rademacher(4);
      double overlap = 0.5 * (probe[0] + probe[1] + probe[2] + probe[3]);
      for (int b = 0; b < 4; b++) {
        forms[v][b] = along[b] * overlap * overlap + 4 * flat[b];
      }
      samples[v] = deflation.sample(probe, 0, 0);
    }
    double[] outlierForms = IntStream.range(0, 4).mapToDouble(b -> along[b] + flat[b]).toArray();

    double[] plain = BatchJackknife.traces(forms);
    double[] deflated =
        BatchJackknife.deflatedTraces(forms, samples, new double[][] {outlierForms});

    double[] exact = IntStream.range(0, 4).mapToDouble(b -> along[b] + 4 * flat[b]).toArray();
    double excess = 0;
    for (ProbeSample sample : samples) {
      excess += (sample.squaredOverlaps()[0] - 1) / 3;
    }
    assertThat(Math.abs(excess)).isGreaterThan(0.1);
    for (int b = 0; b < 4; b++) {
      assertThat(plain[b]).isCloseTo(exact[b] + excess * along[b], within(1e-12));
      // q'A_b q holds the flat part too, whose share of the excess is what stays.
      assertThat(deflated[b]).isCloseTo(exact[b] - excess * flat[b], within(1e-12));
    }
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
