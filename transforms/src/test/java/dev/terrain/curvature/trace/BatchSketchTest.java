package dev.terrain.curvature.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.forms.ProbePlan;
import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.curvature.operator.SampledMatrices;
import dev.terrain.curvature.operator.Spectra;
import dev.terrain.statistics.SampleMean;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BatchSketchTest {
  private static final double NEVER = 1e-15;
  private static final int[] SIZES = {30, 10, 20};

  /** Traces of the batches and then tr AA_b, by 20 test vectors taken in as 8, 16 and 20. */
  private static double[][] estimate(LinearOperator operator, String id) {
    BatchSketch batches = new BatchSketch(operator);
    RangeSketch sketch =
        new XTrace(new ProbePlan(NEVER, 40, 3))
            .estimate(batches.tested(), batches.projected(), id)
            .sketch();
    return new double[][] {batches.traces(sketch), batches.squares(sketch)};
  }

  private static double inner(double[][] a, double[][] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> OrthonormalBasis.dot(a[i], b[i])).sum();
  }

  private static double trace(double[][] matrix) {
    return IntStream.range(0, matrix.length).mapToDouble(i -> matrix[i][i]).sum();
  }

  @Test
  void tracesOfTheBatchesAreUnbiased() {
    double[][] mean = MatrixOperator.rotated(Spectra.ofNetwork(60)).rows();
    SampledMatrices operator = SampledMatrices.around(mean, 0.5, SIZES);
    int runs = 300;
    double[][][] estimates = new double[runs][][];
    for (int run = 0; run < runs; run++) {
      estimates[run] = estimate(operator, "run " + run);
    }
    for (int b = 0; b < SIZES.length; b++) {
      int batch = b;
      double[][] matrix = operator.matrices()[b];
      SampleMean traces =
          SampleMean.of(Arrays.stream(estimates).mapToDouble(e -> e[0][batch]).toArray());
      SampleMean squares =
          SampleMean.of(Arrays.stream(estimates).mapToDouble(e -> e[1][batch]).toArray());
      assertThat(traces.value()).isCloseTo(trace(matrix), within(4 * traces.standardError()));
      assertThat(squares.value())
          .isCloseTo(inner(mean, matrix), within(4 * squares.standardError()));
      assertThat(squares.standardError()).isLessThan(0.1 * inner(mean, matrix));
    }
  }

  @Test
  void batchesThatDifferInTheSpanOfTheSketchAloneHaveNoNoise() {
    // A decaying spectrum of which 20 test vectors see all that counts.
    double[] decaying = Spectra.of(60, i -> Math.pow(0.3, i));
    double[] reversed = Spectra.of(60, i -> (i % 2 == 0 ? -1 : 1) * Math.pow(0.35, i));
    double[][][] matrices = {
      MatrixOperator.rotated(decaying).rows(),
      MatrixOperator.rotated(reversed).rows(),
      MatrixOperator.rotated(Spectra.of(60, i -> Math.pow(0.32, i))).rows()
    };

    double[] traces = estimate(new SampledMatrices(matrices, SIZES), "model")[0];

    for (int b = 0; b < SIZES.length; b++) {
      assertThat(traces[b]).isCloseTo(trace(matrices[b]), within(1e-4));
    }
  }

  @Test
  void whatSpansTheRangeGivesTheBatchesExactly() {
    double[] values = new double[60];
    System.arraycopy(new double[] {5, 3, -2, 1}, 0, values, 0, 4);
    double[] others = new double[60];
    System.arraycopy(new double[] {-1, 4, 2, 3}, 0, others, 0, 4);
    double[][][] matrices = {
      MatrixOperator.rotated(values).rows(),
      MatrixOperator.rotated(others).rows(),
      MatrixOperator.rotated(values).rows()
    };

    double[][] estimate = estimate(new SampledMatrices(matrices, SIZES), "model");

    // A has the eigenvalues 4, 3 1/6, -1 1/3 and 1 1/3 of its weights 5/6 and 1/6.
    assertThat(estimate[0]).containsExactly(new double[] {7, 8, 7}, within(1e-10));
    double ofFirst = 4 * 5 + 19 / 6.0 * 3 + 4 / 3.0 * 2 + 4 / 3.0;
    double ofSecond = -4 + 19 / 6.0 * 4 - 4 / 3.0 * 2 + 4 / 3.0 * 3;
    assertThat(estimate[1])
        .containsExactly(new double[] {ofFirst, ofSecond, ofFirst}, within(1e-10));
  }
}
