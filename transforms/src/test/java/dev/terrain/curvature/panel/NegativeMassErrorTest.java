package dev.terrain.curvature.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.terrain.curvature.linear.DenseEigenpairs;
import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.curvature.operator.SampledMatrices;
import dev.terrain.statistics.Jackknife;
import dev.terrain.v1.CurvatureSettings;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NegativeMassErrorTest {
  private static final int[] SIZES = {6, 6, 6, 6, 6, 6, 6, 6, 6, 6};

  /** Half of Student's quantile t_9(0.97725), by which the jackknife of ten batches is widened. */
  private static final double STUDENT_9 = 1.1599029491295716;

  private static double error(SampledMatrices sample, String id) {
    CurvatureSettings settings = CurvatureSettings.newBuilder().build();
    return CurvaturePanel.measure(sample, settings, 200, id).negativeMass().dataStandardError();
  }

  private static double share(double[][] matrix) {
    double[] values = DenseEigenpairs.of(matrix).values();
    return Arrays.stream(values).filter(value -> value < 0).count() / (double) values.length;
  }

  @Test
  void isThatOfTheExactSharesWithoutEachBatchAndOfFreshSamples() {
    int d = 56;
    double[] values =
        IntStream.range(0, d).mapToDouble(i -> i < 4 ? 10 - 2 * i : -0.6 + 2.0 * i / d).toArray();
    double[][] population = MatrixOperator.rotated(values).rows();
    int runs = 12;
    double ours = 0;
    double jackknife = 0;
    double[] shares = new double[runs];
    for (int run = 0; run < runs; run++) {
      SampledMatrices sample = SampledMatrices.drawn(population, 0.3, 1, "draw " + run, SIZES);
      ours += Math.pow(error(sample, "run " + run) / STUDENT_9, 2) / runs;
      double[] without = new double[SIZES.length];
      for (int b = 0; b < without.length; b++) {
        without[b] = share(sample.meanWithout(b));
      }
      shares[run] = share(sample.meanWithout(-1));
      double exact = Jackknife.of(shares[run], without, SIZES).standardError();
      jackknife += exact * exact / runs;
    }
    double mean = Arrays.stream(shares).average().orElseThrow();
    double variance = Arrays.stream(shares).map(x -> (x - mean) * (x - mean)).sum() / (runs - 1);

    assertThat(Math.sqrt(ours)).isCloseTo(Math.sqrt(jackknife), withinPercentage(25));
    assertThat(Math.sqrt(ours)).isCloseTo(Math.sqrt(variance), withinPercentage(50));
  }

  @Test
  void positiveSemiDefiniteBatchesHaveNone() {
    double[] values = IntStream.range(0, 80).mapToDouble(i -> i < 40 ? i : 0).toArray();
    double[][] a = MatrixOperator.rotated(values).rows();
    double[][][] batches = new double[4][80][80];
    for (int b = 0; b < 4; b++) {
      for (int i = 0; i < 80; i++) {
        for (int j = 0; j < 80; j++) {
          batches[b][i][j] = (1 + 0.3 * b) * a[i][j];
        }
      }
    }

    assertThat(error(new SampledMatrices(batches, new int[] {5, 5, 5, 5}), "run")).isZero();
  }
}
