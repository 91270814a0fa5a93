package dev.terrain.curvature.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.curvature.operator.SampledMatrices;
import dev.terrain.curvature.operator.Spectra;
import dev.terrain.v1.CurvatureSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Samples of a population whose mean matrix and whose noise are known, measured again and again.
 */
class DataErrorCoverageTest {
  private static final int DIMENSION = 60;
  private static final int[] SIZES = {8, 8, 8, 8, 8, 8, 8, 8, 8, 5};
  private static final double EXAMPLES = 77;
  private static final double NOISE = 1.5;
  private static final double SHIFT = 1;
  private static final int RUNS = 50;

  /** Half of Student's quantile t_9(0.97725), by which the jackknife of ten batches is widened. */
  private static final double STUDENT_9 = 1.1599029491295716;

  private static final double[] VALUES =
      IntStream.range(0, DIMENSION).mapToDouble(i -> i < 5 ? 20 - 3 * i : 0.3).toArray();

  private static final List<CurvaturePanel> PANELS = new ArrayList<>();
  private static final List<SampledMatrices> SAMPLES = new ArrayList<>();

  @BeforeAll
  static void measure() {
    CurvatureSettings settings = CurvatureSettings.newBuilder().build();
    double[][] mean = MatrixOperator.rotated(VALUES).rows();
    for (int run = 0; run < RUNS; run++) {
      SampledMatrices sample = SampledMatrices.drawn(mean, NOISE, SHIFT, "draw " + run, SIZES);
      SAMPLES.add(sample);
      PANELS.add(CurvaturePanel.measure(sample, settings, 200, "run " + run));
    }
  }

  private static double mean(ToDoubleFunction<CurvaturePanel> value) {
    return PANELS.stream().mapToDouble(value).average().orElseThrow();
  }

  private static double error(CurvatureEstimate estimate) {
    return Math.hypot(estimate.standardError(), estimate.dataStandardError());
  }

  private static double norm(SampledMatrices sample) {
    double squares = 0;
    for (double[] row : sample.meanWithout(-1)) {
      squares += OrthonormalBasis.dot(row, row);
    }
    return Math.sqrt(squares);
  }

  @Test
  void bothErrorsOfTheTraceCoverThePopulations() {
    double trace = Spectra.trace(VALUES);
    long covered =
        PANELS.stream()
            .map(CurvaturePanel::trace)
            .filter(t -> Math.abs(t.value() - trace) <= 2 * error(t))
            .count();

    assertThat(covered).isGreaterThanOrEqualTo(44);
  }

  @Test
  void theDataErrorOfTheTraceHasNoShareOfTheProbesNoise() {
    // The trace of the sample's noise: the sum of d normal numbers and d times a further one.
    double variance = (NOISE * NOISE * DIMENSION + Math.pow(SHIFT * DIMENSION, 2)) / EXAMPLES;

    assertThat(mean(panel -> Math.pow(panel.trace().dataStandardError() / STUDENT_9, 2)))
        .isCloseTo(variance, withinPercentage(25));
  }

  @Test
  void theBiasOfTheNormIsThatOfTheSamples() {
    double bias =
        SAMPLES.stream().mapToDouble(DataErrorCoverageTest::norm).average().orElseThrow()
            - Math.sqrt(Spectra.squares(VALUES));

    assertThat(mean(panel -> panel.frobeniusNorm().dataBias()))
        .isCloseTo(bias, withinPercentage(15));
  }

  @Test
  void theUnbiasedNormIsCoveredByBothErrors() {
    double norm = Math.sqrt(Spectra.squares(VALUES));
    long covered =
        PANELS.stream()
            .map(CurvaturePanel::frobeniusNorm)
            .filter(f -> Math.abs(f.value() - f.dataBias() - norm) <= 2 * error(f))
            .count();

    // Ten batches and the forms of four probes leave the error itself uncertain.
    assertThat(covered).isGreaterThanOrEqualTo(40);
  }

  @Test
  void theBiasOfTheRankIsThatOfTheSamples() {
    double norm = Math.sqrt(Spectra.squares(VALUES));
    double bias =
        SAMPLES.stream()
                .mapToDouble(
                    sample -> {
                      double[][] a = sample.meanWithout(-1);
                      double trace = IntStream.range(0, DIMENSION).mapToDouble(i -> a[i][i]).sum();
                      return Math.pow(trace / norm(sample), 2);
                    })
                .average()
                .orElseThrow()
            - Math.pow(Spectra.trace(VALUES) / norm, 2);

    assertThat(bias).isNegative();
    assertThat(mean(panel -> panel.effectiveRank().dataBias()))
        .isCloseTo(bias, withinPercentage(35));
  }
}
