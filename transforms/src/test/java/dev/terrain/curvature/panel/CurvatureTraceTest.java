package dev.terrain.curvature.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.operator.DiagonalOperator;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.curvature.operator.SampledMatrices;
import dev.terrain.curvature.operator.Spectra;
import dev.terrain.v1.CurvatureSettings;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CurvatureTraceTest {
  private static final CurvatureSettings HESSIAN =
      CurvatureSettings.newBuilder().setEigenvalues(0).setLowerEigenvalues(0).build();
  private static final CurvatureSettings GAUSS_NEWTON =
      CurvatureSettings.newBuilder(HESSIAN).setOperator("gauss_newton").build();

  /** Half of Student's quantile t_1(0.97725), by which the jackknife of two batches is widened. */
  private static final double STUDENT_1 = 6.983865099622274;

  /** The same of three batches. */
  private static final double STUDENT_2 = 2.263268343715083;

  private static CurvatureTrace measure(LinearOperator operator, CurvatureSettings settings) {
    return CurvatureTrace.measure(operator, settings, settings.getMaxProducts(), "model");
  }

  private static double rank(double[] values) {
    double trace = Spectra.trace(values);
    return trace * trace / Spectra.squares(values);
  }

  @Test
  void everyValueIsThatOfTheSpectrum() {
    double[] values = Spectra.ofNetwork(300);

    CurvatureTrace measured = measure(MatrixOperator.rotated(values), HESSIAN);

    assertThat(measured.trace().converged()).isTrue();
    assertThat(measured.trace().standardError()).isLessThan(0.05 * Spectra.trace(values));
    assertThat(measured.trace().value())
        .isCloseTo(Spectra.trace(values), within(4 * measured.trace().standardError()));
    assertThat(measured.frobeniusNorm().value())
        .isCloseTo(
            Math.sqrt(Spectra.squares(values)),
            within(4 * measured.frobeniusNorm().standardError()));
    assertThat(measured.effectiveRank().value())
        .isCloseTo(rank(values), within(4 * measured.effectiveRank().standardError()));
    assertThat(measured.trace().dataStandardError()).isNull();
  }

  @Test
  void aPositiveSemiDefiniteMatrixTakesHalfTheProducts() {
    double[] values = Spectra.of(300, i -> Math.pow(0.5, i));

    CurvatureTrace indefinite = measure(MatrixOperator.rotated(values), HESSIAN);
    CurvatureTrace definite = measure(MatrixOperator.rotated(values), GAUSS_NEWTON);

    assertThat(indefinite.products()).isEqualTo(24);
    assertThat(definite.products()).isEqualTo(12);
    assertThat(definite.trace().converged()).isTrue();
    assertThat(definite.trace().value())
        .isCloseTo(Spectra.trace(values), within(4 * definite.trace().standardError()));
  }

  /** The test vectors' products are shared, so that the errors of trace and norm go together. */
  @Test
  void standardErrorsAreThoseOfManyRuns() {
    double[] values = Spectra.of(200, i -> 3.0 / i);
    LinearOperator operator = new DiagonalOperator(values);
    assertErrors(operator, CurvatureTrace::frobeniusNorm, Math.sqrt(Spectra.squares(values)), 0.6);
    assertErrors(operator, CurvatureTrace::effectiveRank, rank(values), 0.5);
  }

  /**
   * @param least ratio of the error over the runs to the mean standard error: of the rank, that is
   *     an upper bound
   */
  private static void assertErrors(
      LinearOperator operator,
      Function<CurvatureTrace, CurvatureEstimate> part,
      double truth,
      double least) {
    int runs = 200;
    double squares = 0;
    double standardErrors = 0;
    for (int run = 0; run < runs; run++) {
      CurvatureEstimate estimate =
          part.apply(CurvatureTrace.measure(operator, HESSIAN, 100, "run " + run));
      squares += (estimate.value() - truth) * (estimate.value() - truth) / runs;
      standardErrors += estimate.standardError() / runs;
    }
    assertThat(Math.sqrt(squares) / standardErrors).isBetween(least, 1.4);
  }

  @Test
  void aMatrixOfSmallRankIsExact() {
    double[] values = new double[100];
    System.arraycopy(new double[] {5, 3, -2, 1, 0.5}, 0, values, 0, 5);

    CurvatureTrace measured = measure(MatrixOperator.rotated(values), HESSIAN);

    assertThat(measured.trace().value()).isCloseTo(7.5, within(1e-11));
    assertThat(measured.trace().standardError()).isZero();
    assertThat(measured.frobeniusNorm().value()).isCloseTo(Math.sqrt(39.25), within(1e-11));
    assertThat(measured.frobeniusNorm().standardError()).isZero();
    assertThat(measured.frobeniusNorm().converged()).isTrue();
    assertThat(measured.effectiveRank().value()).isCloseTo(7.5 * 7.5 / 39.25, within(1e-11));
    assertThat(measured.effectiveRank().converged()).isTrue();
  }

  @Test
  void theDataErrorOfAnExactTraceIsTheJackknifeOverUnevenBatches() {
    double[][][] batches = {
      MatrixOperator.diagonal(4, 1).rows(),
      MatrixOperator.diagonal(7, 3).rows(),
      MatrixOperator.diagonal(10, 2).rows()
    };

    CurvatureTrace measured =
        measure(new SampledMatrices(batches, new int[] {20, 20, 10}), HESSIAN);

    // Traces 5, 10 and 12 with the mean 8.4: (2/3 3.4² + 2/3 1.6² + 1/4 3.6²) / 3.
    assertThat(measured.trace().value()).isCloseTo(8.4, within(1e-12));
    assertThat(measured.trace().dataStandardError())
        .isCloseTo(
            STUDENT_2 * Math.sqrt((2.0 / 3 * 11.56 + 2.0 / 3 * 2.56 + 12.96 / 4) / 3),
            within(1e-12));
    // A = diag(6.4, 2), so tr AA_b is 27.6, 50.8 and 68, with the mean 44.96 = ‖A‖².
    double variance = (2.0 / 3 * 17.36 * 17.36 + 2.0 / 3 * 5.84 * 5.84 + 23.04 * 23.04 / 4) / 3;
    assertThat(measured.frobeniusNorm().value()).isCloseTo(Math.sqrt(44.96), within(1e-12));
    assertThat(measured.frobeniusNorm().dataStandardError())
        .isCloseTo(STUDENT_2 * Math.sqrt(variance / 44.96), within(1e-12));
  }

  @Test
  void batchesThatDifferByAFactorAreToldApartWithoutNoise() {
    double[] values = Spectra.ofNetwork(100);
    double[][][] batches = {
      MatrixOperator.rotated(scaled(values, 0.8)).rows(),
      MatrixOperator.rotated(scaled(values, 1.2)).rows()
    };

    CurvatureTrace measured = measure(new SampledMatrices(batches, new int[] {10, 10}), HESSIAN);

    // Half the sum of the squares of 0.2 and -0.2; the factor leaves the rank as it is.
    assertThat(measured.trace().dataStandardError())
        .isCloseTo(STUDENT_1 * 0.2 * measured.trace().value(), within(1e-8));
    assertThat(measured.frobeniusNorm().dataStandardError())
        .isCloseTo(STUDENT_1 * 0.2 * measured.frobeniusNorm().value(), within(1e-8));
    assertThat(measured.effectiveRank().dataStandardError()).isCloseTo(0, within(1e-9));
  }

  @Test
  void thePositiveSemiDefiniteTraceHasADataErrorThatErrsOnTheLargeSide() {
    double[] values = Spectra.of(100, i -> Math.pow(0.8, i));
    double[][][] batches = {
      MatrixOperator.rotated(scaled(values, 0.8)).rows(),
      MatrixOperator.rotated(scaled(values, 1.2)).rows()
    };
    SampledMatrices operator = new SampledMatrices(batches, new int[] {10, 10});
    double squares = 0;
    for (int run = 0; run < 50; run++) {
      CurvatureTrace measured = CurvatureTrace.measure(operator, GAUSS_NEWTON, 100, "run " + run);
      squares += Math.pow(measured.trace().dataStandardError() / Spectra.trace(values), 2) / 50;
      assertThat(measured.frobeniusNorm().dataStandardError()).isNull();
    }

    assertThat(Math.sqrt(squares) / STUDENT_1).isBetween(0.2, 0.26);
  }

  private static double[] scaled(double[] values, double factor) {
    return Arrays.stream(values).map(value -> factor * value).toArray();
  }

  @Test
  void aZeroMatrixHasNoEffectiveRank() {
    for (CurvatureSettings settings : new CurvatureSettings[] {HESSIAN, GAUSS_NEWTON}) {
      CurvatureTrace measured = measure(new DiagonalOperator(new double[30]), settings);

      assertThat(measured.trace().value()).isZero();
      assertThat(measured.trace().converged()).isTrue();
      assertThat(measured.frobeniusNorm().value()).isZero();
      assertThat(measured.effectiveRank().value()).isNull();
      assertThat(measured.effectiveRank().reason()).contains("zero");
    }
  }

  @Test
  void whatEndedItBeforeTheErrorWasReachedIsSaid() {
    double[] flat = IntStream.range(0, 3000).mapToDouble(i -> i % 2 == 0 ? 1 : -1).toArray();
    CurvatureSettings spent = CurvatureSettings.newBuilder(HESSIAN).setMaxProducts(20).build();
    CurvatureSettings full = CurvatureSettings.newBuilder(HESSIAN).setMaxMemoryMib(1).build();

    assertThat(measure(new DiagonalOperator(flat), spent).trace().reason())
        .matches("the standard error \\S+ is above 0.0500 times the value after 20 products");
    assertThat(measure(new DiagonalOperator(flat), full).trace().reason())
        .endsWith("after 22 products, for which max_memory_mib has room");
  }

  @Test
  void theSampleIsDoubledWhileItsErrorIsTheLarger() {
    double[][] mean = MatrixOperator.rotated(Spectra.of(30, i -> Math.pow(0.5, i))).rows();
    int[] measured = new int[5];
    ImageGrowth<CurvatureTrace> growth =
        ImageGrowth.ofTrace(
            examples -> {
              measured[Integer.numberOfTrailingZeros(examples / 100)] = examples;
              int[] sizes = IntStream.generate(() -> examples / 10).limit(10).toArray();
              return SampledMatrices.around(mean, 0.5 / Math.sqrt(examples), sizes);
            },
            1600,
            CurvatureSettings.newBuilder(HESSIAN)
                .setExamples(100)
                .setMaxExamples(1600)
                .setMaxProducts(2000)
                .build(),
            "model");

    assertThat(growth.examples()).isBetween(200, 1600);
    assertThat(Arrays.stream(measured).max()).hasValue(growth.examples());
    assertThat(growth.products()).isGreaterThan(growth.measure().products());
  }
}
