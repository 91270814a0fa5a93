package dev.terrain.curvature.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.density.SpectralDensity;
import dev.terrain.curvature.operator.DiagonalOperator;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.curvature.operator.SampledMatrices;
import dev.terrain.curvature.operator.SurfaceOperator;
import dev.terrain.statistics.SampleMean;
import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.QuadraticSurface;
import dev.terrain.surface.Weights;
import dev.terrain.v1.CurvatureSettings;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CurvaturePanelTest {
  private static final CurvatureSettings DEFAULTS = CurvatureSettings.newBuilder().build();

  /**
   * Half of Student's quantile t_2(0.97725), by which the jackknife of three batches is widened.
   */
  private static final double STUDENT_2 = 2.263268343715083;

  private static CurvaturePanel measure(LinearOperator operator, CurvatureSettings settings) {
    return CurvaturePanel.measure(operator, settings, settings.getMaxProducts(), "model");
  }

  private static CurvaturePanel measure(double[]... rows) {
    return measure(new MatrixOperator(rows), DEFAULTS);
  }

  private static CurvaturePanel ofSpectrum(double... values) {
    return measure(MatrixOperator.rotated(values).rows());
  }

  /** Twelve outliers over a bulk that is negative by a third, as networks have it. */
  private static double[] networkLike(int dimension) {
    return IntStream.range(0, dimension)
        .mapToDouble(i -> i < 12 ? 20 - 1.5 * i : 0.02 * ((i % 3) - 0.8))
        .toArray();
  }

  private static double sum(double[] values, int power) {
    return Arrays.stream(values).map(value -> Math.pow(value, power)).sum();
  }

  @Test
  void everyValueOfAQuadraticLossIsThatOfItsSpectrum() {
    double[] values = networkLike(300);
    double trace = sum(values, 1);
    double norm = Math.sqrt(sum(values, 2));

    CurvaturePanel panel = ofSpectrum(values);

    for (int rank = 0; rank < 5; rank++) {
      CurvatureEstimate estimate = panel.upper().get(rank);
      assertThat(estimate.converged()).isTrue();
      assertThat(estimate.value()).isCloseTo(values[rank], within(estimate.residual() + 1e-12));
      assertThat(estimate.residual()).isLessThanOrEqualTo(1e-3 * 20);
      assertThat(estimate.standardError()).isNull();
    }
    assertThat(panel.lower().get(0).value()).isCloseTo(-0.016, within(2e-2));
    assertThat(panel.trace().converged()).isTrue();
    assertThat(panel.trace().standardError()).isLessThan(0.05 * trace);
    assertThat(panel.trace().value()).isCloseTo(trace, within(4 * panel.trace().standardError()));
    assertThat(panel.frobeniusNorm().value())
        .isCloseTo(norm, within(4 * panel.frobeniusNorm().standardError()));
    double rank = trace * trace / (norm * norm);
    assertThat(panel.effectiveRank().value())
        .isCloseTo(rank, within(4 * panel.effectiveRank().standardError()));
    double negative = Arrays.stream(values).filter(value -> value < 0).count() / 300.0;
    assertThat(panel.negativeMass().value())
        .isCloseTo(negative, within(panel.negativeMass().residual()));
    assertThat(panel.momentError()).isLessThan(1e-9);
    assertThat(panel.products()).isEqualTo(panel.krylov().products() + panel.probes());
  }

  @Test
  void moreStepsBringTheDensityNearerToTheSpectrum() {
    assertThat(distanceFromUniform(20)).isLessThan(0.5 * distanceFromUniform(5));
  }

  /**
   * Mean difference of the distribution function from that of eigenvalues evenly spread in [0, 1].
   */
  private static double distanceFromUniform(int steps) {
    int dimension = 600;
    double[] values = IntStream.range(0, dimension).mapToDouble(i -> i / 599.0).toArray();
    CurvatureSettings settings =
        CurvatureSettings.newBuilder()
            .setEigenvalues(1)
            .setLowerEigenvalues(0)
            .setResidualTolerance(0.2)
            .setMinSteps(steps)
            .build();
    LinearOperator operator = MatrixOperator.rotated(values);
    SpectralDensity density = measure(operator, settings).density();
    return IntStream.range(0, 100)
        .mapToDouble(i -> (i + 0.5) / 100)
        .map(x -> Math.abs(density.cumulative(x, 0.95).value() - x))
        .average()
        .orElseThrow();
  }

  @Test
  void probesThatTheOutliersWereGrownFromGiveAnUnbiasedTrace() {
    double[] values = networkLike(200);
    LinearOperator operator = MatrixOperator.rotated(values);
    CurvatureSettings fewProbes =
        CurvatureSettings.newBuilder().setBlockSize(2).setRelativeError(1).build();
    int runs = 60;
    double[] errors = new double[runs];
    for (int run = 0; run < runs; run++) {
      CurvaturePanel panel = CurvaturePanel.measure(operator, fewProbes, 200, "run " + run);
      errors[run] = panel.trace().value() - sum(values, 1);
    }
    SampleMean mean = SampleMean.of(errors);
    assertThat(mean.value()).isCloseTo(0, within(3.5 * mean.standardError()));
  }

  @Test
  void moreCopiesOfAnEigenvalueThanTheSpaceHasSeenDoNotBiasTheTrace() {
    double[] values =
        IntStream.range(0, 200).mapToDouble(i -> i < 9 ? 1 : 1e-3 * i / 200).toArray();
    LinearOperator operator = MatrixOperator.rotated(values);
    int runs = 30;
    double[] errors = new double[runs];
    for (int run = 0; run < runs; run++) {
      CurvaturePanel panel = CurvaturePanel.measure(operator, DEFAULTS, 300, "run " + run);
      errors[run] = panel.trace().value() - sum(values, 1);
    }
    SampleMean mean = SampleMean.of(errors);
    assertThat(mean.value()).isCloseTo(0, within(3.5 * mean.standardError() + 1e-6));
  }

  @Test
  void theSaddleOfADeepScalarLinearNetworkIsExact() {
    // ½(ab - 1)² at the origin: H = [[0, -1], [-1, 0]], eigenvalues -1 and 1.
    CurvaturePanel panel = measure(new double[] {0, -1}, new double[] {-1, 0});

    assertThat(panel.upper().get(0).value()).isCloseTo(1, within(1e-14));
    assertThat(panel.lower().get(0).value()).isCloseTo(-1, within(1e-14));
    assertThat(panel.trace().value()).isCloseTo(0, within(1e-12));
    assertThat(panel.trace().converged()).isTrue();
    assertThat(panel.frobeniusNorm().value()).isCloseTo(Math.sqrt(2), within(1e-12));
    assertThat(panel.negativeMass().value()).isEqualTo(0.5);
  }

  @Test
  void dataErrorsAreTheJackknifeOverUnevenBatches() {
    // Diagonal batches: forms are 4, 7, 10 for the eigenvector e_1 and 5, 10, 12 for any probe.
    double[][][] batches = {
      MatrixOperator.diagonal(4, 1).rows(),
      MatrixOperator.diagonal(7, 3).rows(),
      MatrixOperator.diagonal(10, 2).rows()
    };

    CurvaturePanel panel = measure(new SampledMatrices(batches, new int[] {20, 20, 10}), DEFAULTS);

    // Mean 6.4: (2/3 2.4² + 2/3 0.6² + 1/4 3.6²) / 3.
    assertThat(panel.upper().get(0).value()).isCloseTo(6.4, within(1e-12));
    assertThat(panel.upper().get(0).dataStandardError())
        .isCloseTo(
            STUDENT_2 * Math.sqrt((2.0 / 3 * 5.76 + 2.0 / 3 * 0.36 + 12.96 / 4) / 3),
            within(1e-12));
    assertThat(panel.upper().get(0).dataBias()).isCloseTo(0, within(1e-12));
    // Mean 8.4: (2/3 3.4² + 2/3 1.6² + 1/4 3.6²) / 3.
    assertThat(panel.trace().value()).isCloseTo(8.4, within(1e-12));
    assertThat(panel.trace().dataStandardError())
        .isCloseTo(
            STUDENT_2 * Math.sqrt((2.0 / 3 * 11.56 + 2.0 / 3 * 2.56 + 12.96 / 4) / 3),
            within(1e-12));
    // A = diag(6.4, 2), so tr AA_b is 27.6, 50.8 and 68, with the mean 44.96 = ‖A‖².
    double[] squares = {27.6 - 44.96, 50.8 - 44.96, 68 - 44.96};
    double variance =
        (2.0 / 3 * squares[0] * squares[0]
                + 2.0 / 3 * squares[1] * squares[1]
                + squares[2] * squares[2] / 4)
            / 3;
    assertThat(panel.frobeniusNorm().dataStandardError())
        .isCloseTo(STUDENT_2 * Math.sqrt(variance / 44.96), within(1e-12));
    // Rank 8.4² / 44.96; its first-order batch values are 2r (t_b / 8.4 - s_b / 44.96).
    double[] traces = {5 - 8.4, 10 - 8.4, 12 - 8.4};
    double[] weights = {2.0 / 3, 2.0 / 3, 0.25};
    double ofRank = 0;
    for (int b = 0; b < 3; b++) {
      double change = 2 * (8.4 * 8.4 / 44.96) * (traces[b] / 8.4 - squares[b] / 44.96);
      ofRank += weights[b] * change * change / 3;
    }
    assertThat(panel.effectiveRank().dataStandardError())
        .isCloseTo(STUDENT_2 * Math.sqrt(ofRank), within(1e-12));
  }

  @Test
  void oneBatchGivesNoDataError() {
    CurvaturePanel panel = measure(MatrixOperator.diagonal(1, 2, 3).rows());

    assertThat(panel.upper().get(0).dataStandardError()).isNull();
    assertThat(panel.upper().get(0).dataBias()).isNull();
    assertThat(panel.trace().dataStandardError()).isNull();
    assertThat(panel.frobeniusNorm().dataStandardError()).isNull();
  }

  @Test
  void aZeroMatrixHasNoEffectiveRank() {
    CurvaturePanel panel = measure(new double[30][30]);

    assertThat(panel.upper().get(0).value()).isZero();
    assertThat(panel.upper().get(0).converged()).isTrue();
    assertThat(panel.trace().value()).isZero();
    assertThat(panel.trace().converged()).isTrue();
    assertThat(panel.effectiveRank().value()).isNull();
    assertThat(panel.effectiveRank().reason()).contains("zero");
    assertThat(panel.negativeMass().value()).isZero();
  }

  @Test
  void aMultipleOfTheIdentityIsOneEigenvalue() {
    CurvaturePanel panel =
        measure(MatrixOperator.diagonal(DoubleStream.generate(() -> 3).limit(40).toArray()).rows());

    assertThat(panel.upper()).allSatisfy(e -> assertThat(e.value()).isCloseTo(3, within(1e-12)));
    assertThat(panel.trace().value()).isCloseTo(120, within(1e-9));
    assertThat(panel.effectiveRank().value()).isCloseTo(40, within(1e-9));
    assertThat(panel.density().moment(2)).isCloseTo(9, within(1e-9));
  }

  @Test
  void theIdKeysTheRandomStreams() {
    LinearOperator operator = MatrixOperator.rotated(networkLike(100));

    CurvaturePanel once = CurvaturePanel.measure(operator, DEFAULTS, 300, "a");
    CurvaturePanel again = CurvaturePanel.measure(operator, DEFAULTS, 300, "a");
    CurvaturePanel other = CurvaturePanel.measure(operator, DEFAULTS, 300, "b");

    assertThat(again.upper()).isEqualTo(once.upper());
    assertThat(again.trace()).isEqualTo(once.trace());
    assertThat(other.trace().value()).isNotEqualTo(once.trace().value());
  }

  @Test
  void aSpentBudgetIsSaid() {
    CurvatureSettings settings =
        CurvatureSettings.newBuilder().setMaxProducts(12).setRelativeError(1e-9).build();
    CurvaturePanel panel = measure(MatrixOperator.rotated(networkLike(200)), settings);

    assertThat(panel.products()).isLessThanOrEqualTo(12);
    assertThat(panel.upper().get(0).converged()).isFalse();
    assertThat(panel.upper().get(0).reason()).contains("residual").contains("products");
    assertThat(panel.trace().converged()).isFalse();
    assertThat(panel.trace().reason()).contains(panel.products() + " products");
  }

  @Test
  void lessMemoryMeansSmallerBlocksAndRestarts() {
    double[] values =
        IntStream.range(0, 6000).mapToDouble(i -> i < 5 ? 10 - i : 1e-3 * i / 6000).toArray();
    CurvatureSettings settings = CurvatureSettings.newBuilder().setMaxMemoryMib(1).build();
    CurvaturePanel panel = measure(new DiagonalOperator(values), settings);

    // 1 MiB holds 21 vectors of 6000 numbers: blocks of three, of which it takes three, and 12.
    assertThat(panel.krylov().quadratures()).hasSize(3);
    assertThat(panel.krylov().restarts()).isPositive();
    assertThat(panel.krylov().ritzValues().length).isLessThanOrEqualTo(12);
    assertThat(panel.upper())
        .allSatisfy(e -> assertThat(e.converged()).isTrue())
        .extracting(CurvatureEstimate::value)
        .satisfies(
            top ->
                assertThat(top.stream().mapToDouble(v -> v).toArray())
                    .containsExactly(new double[] {10, 9, 8, 7, 6}, within(1e-3)));
  }

  @Test
  void tooLittleMemoryIsRefusedByName() {
    CurvatureSettings settings = CurvatureSettings.newBuilder().setMaxMemoryMib(1).build();
    assertThatThrownBy(() -> measure(new DiagonalOperator(new double[20_000]), settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("max_memory_mib (1) must be at least 2 for 6 eigenpairs of 20000 parameters");
  }

  @Test
  void aProductThatIsNotFiniteIsNamed() {
    QuadraticSurface surface = QuadraticSurface.of(new double[][] {{1, 0}, {0, Double.NaN}});
    SurfaceOperator hessian =
        new SurfaceOperator(
            surface, CurvatureMatrix.hessian(), new Weights(new double[2], new double[0]));

    assertThatThrownBy(() -> measure(hessian, DEFAULTS))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("NaN; it must be finite");
  }
}
