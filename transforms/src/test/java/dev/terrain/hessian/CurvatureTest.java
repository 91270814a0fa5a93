package dev.terrain.hessian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.surface.QuadraticSurface;
import dev.terrain.surface.Weights;
import dev.terrain.v1.CurvatureSettings;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurvatureTest {
  private static final CurvatureSettings DEFAULTS = CurvatureSettings.newBuilder().build();

  private static Weights zero(int dimension) {
    return new Weights(new double[dimension], new double[0]);
  }

  private static CurvatureMeasures measure(QuadraticSurface surface) {
    return Curvature.measure(surface, zero(surface.dimension()), DEFAULTS, "model");
  }

  @Test
  void measuresAQuadraticLoss() {
    double[] values = IntStream.rangeClosed(1, 200).mapToDouble(i -> 5.0 / (i * i)).toArray();
    double trace = 0;
    for (double value : values) {
      trace += value;
    }

    CurvatureMeasures measures =
        measure(QuadraticSurface.of(MatrixOperator.rotated(values).rows()));

    CurvatureEstimate top = measures.topEigenvalue();
    assertThat(top.converged()).isTrue();
    assertThat(top.value()).isCloseTo(5, within(top.residual()));
    assertThat(top.residual()).isLessThanOrEqualTo(1e-3 * 5);
    assertThat(top.standardError()).isNull();
    assertThat(top.products()).isEqualTo(measures.lanczos().steps() + 1);
    assertThat(measures.trace().value())
        .isCloseTo(trace, within(3 * measures.trace().standardError()));
    assertThat(measures.trace().residual()).isNull();
  }

  @Test
  void measuresTheSaddleOfADeepScalarLinearNetwork() {
    // ½(ab - 1)² at the origin: H = [[0, -1], [-1, 0]], eigenvalues -1 and 1.
    CurvatureMeasures measures = measure(QuadraticSurface.of(new double[][] {{0, -1}, {-1, 0}}));

    assertThat(measures.topEigenvalue().value()).isCloseTo(1, within(1e-14));
    assertThat(measures.lanczos().ritzValues()[0]).isCloseTo(-1, within(1e-14));
    assertThat(measures.trace().value()).isCloseTo(0, within(3 * measures.trace().standardError()));
  }

  @Test
  void dataErrorsAreTheJackknifeOverUnevenBatches() {
    // Diagonal batches: forms are 4, 7, 10 for the eigenvector e_1 and 5, 10, 12 for any probe.
    double[][][] batches = {
      MatrixOperator.diagonal(4, 1).rows(),
      MatrixOperator.diagonal(7, 3).rows(),
      MatrixOperator.diagonal(10, 2).rows()
    };

    CurvatureMeasures measures = measure(new QuadraticSurface(batches, new int[] {20, 20, 10}));

    // Mean 6.4: (2/3 2.4² + 2/3 0.6² + 1/4 3.6²) / 3.
    assertThat(measures.topEigenvalue().value()).isCloseTo(6.4, within(1e-12));
    assertThat(measures.topEigenvalue().dataStandardError())
        .isCloseTo(Math.sqrt((2.0 / 3 * 5.76 + 2.0 / 3 * 0.36 + 12.96 / 4) / 3), within(1e-12));
    // Mean 8.4: (2/3 3.4² + 2/3 1.6² + 1/4 3.6²) / 3.
    assertThat(measures.trace().value()).isCloseTo(8.4, within(1e-12));
    assertThat(measures.trace().dataStandardError())
        .isCloseTo(Math.sqrt((2.0 / 3 * 11.56 + 2.0 / 3 * 2.56 + 12.96 / 4) / 3), within(1e-12));
  }

  @Test
  void oneBatchGivesNoDataError() {
    CurvatureMeasures measures =
        measure(QuadraticSurface.of(MatrixOperator.diagonal(1, 2, 3).rows()));

    assertThat(measures.topEigenvalue().dataStandardError()).isNull();
    assertThat(measures.trace().dataStandardError()).isNull();
  }

  @Test
  void aZeroHessianHasCurvatureZero() {
    CurvatureMeasures measures = measure(QuadraticSurface.of(new double[30][30]));

    assertThat(measures.topEigenvalue().value()).isZero();
    assertThat(measures.topEigenvalue().converged()).isTrue();
    assertThat(measures.topEigenvalue().residual()).isZero();
    assertThat(measures.trace().value()).isZero();
    assertThat(measures.trace().converged()).isTrue();
  }

  @Test
  void theIdKeysTheRandomStreams() {
    double[] values = IntStream.rangeClosed(1, 100).mapToDouble(i -> 1.0 / i).toArray();
    QuadraticSurface surface = QuadraticSurface.of(MatrixOperator.rotated(values).rows());

    CurvatureMeasures once = Curvature.measure(surface, zero(100), DEFAULTS, "a");
    CurvatureMeasures again = Curvature.measure(surface, zero(100), DEFAULTS, "a");
    CurvatureMeasures other = Curvature.measure(surface, zero(100), DEFAULTS, "b");

    assertThat(again.topEigenvalue()).isEqualTo(once.topEigenvalue());
    assertThat(again.trace()).isEqualTo(once.trace());
    assertThat(other.trace().value()).isNotEqualTo(once.trace().value());
  }

  @Test
  void aProductThatIsNotFiniteIsNamed() {
    QuadraticSurface surface = QuadraticSurface.of(new double[][] {{1, 0}, {0, Double.NaN}});

    assertThatThrownBy(() -> measure(surface))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("component 1 of Hessian-vector product 1 is NaN; it must be finite");
  }
}
