package dev.terrain.curvature.sharpness;

import static dev.terrain.curvature.krylov.KrylovRuns.ends;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.krylov.BlockLanczosResult;
import dev.terrain.curvature.krylov.KrylovRuns;
import dev.terrain.curvature.operator.Eigenpair;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.curvature.operator.PrincipalSubmatrix;
import dev.terrain.curvature.operator.SurfaceOperator;
import dev.terrain.curvature.panel.PaperCurvature;
import dev.terrain.model.LinearNetworks;
import dev.terrain.model.Network;
import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.Loss;
import dev.terrain.surface.NetworkSurface;
import dev.terrain.surface.ParameterSubset;
import dev.terrain.surface.PixelRows;
import dev.terrain.surface.Precision;
import dev.terrain.surface.Surfaces;
import dev.terrain.surface.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The network f = a (b x) at x = 1 with the target 1: the squared error (ab − 1)² as a function of
 * (b, a).
 */
final class ScalarLinearNetworkTest {
  private static final Network NETWORK = LinearNetworks.of(1, 1, 1);
  private static final ParameterSubset WEIGHTS =
      ParameterSubset.named(NETWORK, "fc1.weight", "fc2.weight");
  private static final NetworkSurface SURFACE =
      new NetworkSurface(
          NETWORK,
          new PixelRows(new int[][] {{1}}, new int[] {0}, 1),
          Surfaces.batches(1, 1),
          Precision.FLOAT64,
          Loss.SQUARED_ERROR);

  /** Biases 0. */
  private static Weights weights(double a, double b) {
    return new Weights(WEIGHTS.extend(new double[] {b, a}), new double[0]);
  }

  private static LinearOperator whole(CurvatureMatrix matrix, double a, double b) {
    return new SurfaceOperator(SURFACE, matrix, weights(a, b));
  }

  private static LinearOperator hessian(double a, double b) {
    return new PrincipalSubmatrix(whole(CurvatureMatrix.hessian(), a, b), WEIGHTS);
  }

  private static BlockLanczosResult bothEnds(double a, double b) {
    return KrylovRuns.run(ends(1, 1, 1e-12), hessian(a, b), 1);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "2, 0.5", "-0.7, 1.9", "3, -0.25"})
  void hessian_isItsClosedForm(double a, double b) {
    double[][] rows = hessian(a, b).apply(new double[][] {{1, 0}, {0, 1}});
    double mixed = 4 * a * b - 2;
    assertThat(rows[0]).containsExactly(new double[] {2 * a * a, mixed}, within(1e-13));
    assertThat(rows[1]).containsExactly(new double[] {mixed, 2 * b * b}, within(1e-13));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, -1, 0.5, 4, 10})
  void eigenvaluesInTheValley_areZeroAndTwiceTheSquaredNorm(double a) {
    BlockLanczosResult result = bothEnds(a, 1 / a);
    double norm2 = 2 * (a * a + 1 / (a * a));
    assertThat(result.upper().get(0).value()).isCloseTo(norm2, within(1e-13 * norm2));
    assertThat(result.lower().get(0).value()).isCloseTo(0, within(1e-13 * norm2));
  }

  @Test
  void eigenvaluesAtTheOrigin_areAPairOfBothSigns() {
    BlockLanczosResult result = bothEnds(0, 0);
    assertThat(result.upper().get(0).value()).isCloseTo(2, within(1e-14));
    assertThat(result.lower().get(0).value()).isCloseTo(-2, within(1e-14));
    assertThat(result.upper()).allMatch(Eigenpair::converged);
    assertThat(result.lower()).allMatch(Eigenpair::converged);
  }

  /** What the trap does: the Rayleigh quotient of a start (x, y) turns between ±4xy for ever. */
  @Test
  void powerIterationAtTheOrigin_reportsAValueThatIsNoEigenvalue() {
    PaperCurvature.Estimate top = PaperCurvature.ofStudy().topEigenvalue(hessian(0, 0), "model");
    assertThat(top.stop()).isEqualTo(PaperCurvature.Stop.VALUE_STOPPED_MOVING);
    assertThat(Math.abs(top.value())).isLessThan(1.998);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 0.3", "-0.7, 1.9"})
  void rescaling_changesTheTopEigenvalueButNeitherTheLossNorTheInvariantMeasures(
      double a, double b) {
    double c = 4;
    double top = bothEnds(a, b).upper().get(0).value();
    assertThat(bothEnds(a * c, b / c).upper().get(0).value()).isGreaterThan(1.4 * top);
    double loss = SURFACE.evaluate(weights(a * c, b / c)).loss();
    assertThat(loss).isCloseTo((a * b - 1) * (a * b - 1), within(1e-14));
    assertThat(loss).isCloseTo(SURFACE.evaluate(weights(a, b)).loss(), within(1e-14));
    // J = (a, b) and θ'J = 2ab; F = 2 J'J for N(f, ½), the distribution that the square means.
    double product2 = a * a * b * b;
    for (double scale : new double[] {1, c}) {
      assertThat(fisherRao(a * scale, b / scale)).isCloseTo(8 * product2, within(1e-12));
      assertThat(relativeFlatness(a * scale, b / scale)).isCloseTo(2 * product2, within(1e-12));
    }
  }

  private static double fisherRao(double a, double b) {
    return FisherRaoNorm.measure(whole(CurvatureMatrix.fisher(), a, b), weights(a, b).theta())
        .value();
  }

  /** Of the second layer: ⟨a, a⟩ H_aa = 2a²b². */
  private static double relativeFlatness(double a, double b) {
    return RelativeFlatness.ofLastLayer(
            SURFACE,
            weights(a, b),
            ParameterSubset.named(NETWORK, "fc2.weight"),
            ParameterSubset.named(NETWORK, "fc2"),
            OutputCurvature.TWICE_IDENTITY)
        .value();
  }
}
