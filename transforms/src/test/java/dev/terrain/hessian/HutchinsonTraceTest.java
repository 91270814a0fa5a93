package dev.terrain.hessian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HutchinsonTraceTest {

  @Test
  void isExactOnADiagonalMatrixAfterTheFewestProbes() {
    double[] values = IntStream.rangeClosed(1, 300).mapToDouble(i -> 1.0 / (i * i)).toArray();
    double trace = 0;
    for (double value : values) {
      trace += value;
    }

    TraceEstimate estimate =
        new HutchinsonTrace(0.05, 10, 100).estimate(MatrixOperator.diagonal(values), "model");

    assertThat(estimate.value()).isCloseTo(trace, within(1e-12));
    assertThat(estimate.standardError()).isLessThan(1e-14);
    assertThat(estimate.probes()).isEqualTo(10);
    assertThat(estimate.converged()).isTrue();
  }

  @Test
  void stopsOnceTheStandardErrorIsSmallEnough() {
    double[] values = IntStream.rangeClosed(1, 300).mapToDouble(i -> 1.0 / (i * i)).toArray();

    TraceEstimate estimate =
        new HutchinsonTrace(0.1, 5, 10000).estimate(MatrixOperator.rotated(values), "model");

    assertThat(estimate.converged()).isTrue();
    assertThat(estimate.standardError()).isLessThanOrEqualTo(0.1 * estimate.value());
    assertThat(estimate.probes()).isLessThan(10000);
  }

  @Test
  void endsOnAnIndefiniteMatrixWithoutTrace() {
    TraceEstimate estimate =
        new HutchinsonTrace(0.05, 10, 30)
            .estimate(new MatrixOperator(new double[] {0, 1}, new double[] {1, 0}), "model");

    assertThat(estimate.converged()).isFalse();
    assertThat(estimate.probes()).isEqualTo(30);
    assertThat(estimate.value()).isCloseTo(0, within(3 * estimate.standardError()));
  }

  @Test
  void twoStandardErrorsCoverTheTraceOfAnIndefiniteMatrix() {
    double[] values = new double[60];
    double trace = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = i < 4 ? 20 - 5 * i : (i % 5 == 0 ? -0.5 : 0.5) / i;
      trace += values[i];
    }
    MatrixOperator matrix = MatrixOperator.rotated(values);

    int covered = 0;
    for (int seed = 0; seed < 300; seed++) {
      TraceEstimate estimate = new HutchinsonTrace(1e-9, 30, 30).estimate(matrix, "model " + seed);
      covered += Math.abs(estimate.value() - trace) <= 2 * estimate.standardError() ? 1 : 0;
    }

    assertThat(covered).isGreaterThanOrEqualTo(264);
  }

  @Test
  void givesZeroForTheZeroOperator() {
    TraceEstimate estimate =
        new HutchinsonTrace(0.05, 10, 100).estimate(MatrixOperator.diagonal(new double[9]), "m");

    assertThat(estimate).isEqualTo(new TraceEstimate(0, 0, 10, true));
  }
}
