package dev.terrain.curvature.krylov;

import static dev.terrain.curvature.krylov.KrylovRuns.ends;
import static dev.terrain.curvature.krylov.KrylovRuns.run;
import static dev.terrain.curvature.krylov.KrylovRuns.spectrum;
import static dev.terrain.curvature.krylov.KrylovRuns.trueResidual;
import static dev.terrain.curvature.krylov.KrylovRuns.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.operator.Eigenpair;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.curvature.operator.SinglePrecision;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlockLanczosTest {

  static Stream<Arguments> spectra() {
    return Stream.of(
        Arguments.of("linspace(1, 3)", spectrum(120, i -> 1 + 2.0 * i / 119)),
        Arguments.of("i^-2", spectrum(120, i -> 1.0 / ((i + 1) * (i + 1)))),
        Arguments.of("0.9^i", spectrum(120, i -> Math.pow(0.9, i + 1))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("spectra")
  void findsBothEndsOfAQuadraticLoss(String name, double[] values) {
    double[] ascending = Arrays.stream(values).sorted().toArray();

    BlockLanczosResult result = run(ends(5, 3, 1e-6), MatrixOperator.rotated(values), 4);

    assertThat(result.upper()).hasSize(5).allMatch(Eigenpair::converged);
    assertThat(result.lower()).hasSize(3).allMatch(Eigenpair::converged);
    for (int k = 0; k < 5; k++) {
      Eigenpair pair = result.upper().get(k);
      assertThat(pair.value())
          .as("%s, pair %s", name, k)
          .isCloseTo(ascending[119 - k], within(1e-6));
      assertThat(pair.residual()).isLessThanOrEqualTo(1e-6 * result.magnitude());
    }
    for (int k = 0; k < 3; k++) {
      // The small eigenvalues of the decaying spectra lie closer together than the tolerance.
      assertThat(result.lower().get(k).value()).isCloseTo(ascending[k], within(1e-4));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 6, 8})
  void findsMultiplicitiesBeyondTheBlockSizeAndEndsWhereTheSpaceIsSpanned(int blockSize) {
    BlockLanczosResult result =
        run(ends(6, 6, 0), MatrixOperator.diagonal(1, 1, 1, 2, 2, 3), blockSize);

    assertThat(values(result.upper()))
        .containsExactly(new double[] {3, 2, 2, 1, 1, 1}, within(1e-12));
    assertThat(values(result.lower()))
        .containsExactly(new double[] {1, 1, 1, 2, 2, 3}, within(1e-12));
    assertThat(result.upper()).allMatch(Eigenpair::converged);
    assertThat(result.products()).isEqualTo(6);
    assertThat(result.stop()).isEqualTo(BlockLanczosResult.Stop.SPACE_SPANNED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void findsTheMultiplicitiesOfSoftMaxRegressionAtZeroWeights(int blockSize) {
    // Closed form: the Hessian is (I/C - 11'/C²) ⊗ X'X/N, so each eigenvalue of X'X/N, over C, is
    // there C - 1 times, and 0 once for each.
    int classes = 4;
    double[] gram = {6, 3, 1, 0.8, 0.5};
    double[][] hessian = new double[classes * gram.length][classes * gram.length];
    for (int c = 0; c < classes; c++) {
      for (int k = 0; k < classes; k++) {
        for (int i = 0; i < gram.length; i++) {
          double between = (c == k ? 1.0 / classes : 0) - 1.0 / (classes * classes);
          hessian[c * gram.length + i][k * gram.length + i] = between * gram[i];
        }
      }
    }

    BlockLanczosResult result = run(ends(7, 5, 1e-10), new MatrixOperator(hessian), blockSize);

    assertThat(values(result.upper()))
        .containsExactly(new double[] {1.5, 1.5, 1.5, 0.75, 0.75, 0.75, 0.25}, within(1e-10));
    assertThat(values(result.lower())).containsExactly(new double[5], within(1e-10));
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < i; j++) {
        double[] u = result.upper().get(i).vector();
        assertThat(OrthonormalBasis.dot(u, result.upper().get(j).vector()))
            .isCloseTo(0, within(1e-13));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void singlePrecisionMakesNoGhosts(int blockSize) {
    double[] values = spectrum(300, i -> i < 10 ? 20.0 - 2 * i : 0.5 / i);
    BlockLanczosSettings hundred = new BlockLanczosSettings(1, 0, 0, 100, 100, 1000, false);

    BlockLanczosResult result =
        run(hundred, new SinglePrecision(MatrixOperator.rotated(values)), blockSize);

    assertThat(result.products()).isEqualTo(100);
    for (int k = 0; k < 10; k++) {
      double value = values[k];
      assertThat(Arrays.stream(result.ritzValues()).filter(v -> Math.abs(v - value) < 0.5))
          .hasSize(1);
    }
  }

  @Test
  void theResidualIsTheTrueOne() {
    MatrixOperator operator = MatrixOperator.rotated(spectrum(200, i -> Math.pow(0.9, i)));

    BlockLanczosResult result = run(ends(4, 2, 1e-3), operator, 3);

    assertThat(result.stop()).isEqualTo(BlockLanczosResult.Stop.CONVERGED);
    for (Eigenpair pair :
        Stream.concat(result.upper().stream(), result.lower().stream()).toList()) {
      assertThat(pair.residual()).isCloseTo(trueResidual(operator, pair), within(1e-10));
      assertThat(pair.residual()).isPositive();
      assertThat(OrthonormalBasis.norm(pair.vector())).isCloseTo(1, within(1e-13));
    }
  }

  @Test
  void theVerificationSeesTheRoundingThatTheRecurrenceDoesNot() {
    LinearOperator operator =
        new SinglePrecision(MatrixOperator.rotated(spectrum(100, i -> Math.pow(0.7, i))));
    BlockLanczosSettings settings = new BlockLanczosSettings(2, 1, 1e-9, 0, 43, 1000, true);

    BlockLanczosResult result = run(settings, operator, 2);

    assertThat(result.products()).isEqualTo(43);
    Eigenpair top = result.upper().get(0);
    assertThat(result.residuals()[39]).isLessThan(1e-9);
    assertThat(top.residual()).isEqualTo(trueResidual(operator, top)).isBetween(1e-9, 1e-6);
    assertThat(top.converged()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void thickRestartWithTwentyVectorsGivesTheUnrestrictedResult(int blockSize) {
    MatrixOperator operator =
        MatrixOperator.rotated(spectrum(200, i -> i < 100 ? 10.0 / (1 + i) : -0.05 * (i - 99)));
    BlockLanczosSettings twenty = new BlockLanczosSettings(5, 3, 1e-7, 0, 2000, 20, false);

    BlockLanczosResult restarted = run(twenty, operator, blockSize);
    BlockLanczosResult free = run(ends(5, 3, 1e-7), operator, blockSize);

    assertThat(restarted.restarts()).isPositive();
    assertThat(restarted.stop()).isEqualTo(BlockLanczosResult.Stop.CONVERGED);
    assertThat(restarted.ritzValues().length).isLessThanOrEqualTo(20);
    assertThat(free.restarts()).isZero();
    double[] upper = {10, 5, 10.0 / 3, 2.5, 2};
    double[] lower = {-5, -4.95, -4.9};
    for (BlockLanczosResult result : List.of(restarted, free)) {
      assertThat(values(result.upper())).containsExactly(upper, within(1e-10));
      assertThat(values(result.lower())).containsExactly(lower, within(1e-10));
      for (Eigenpair pair : result.upper()) {
        assertThat(pair.residual()).isCloseTo(trueResidual(operator, pair), within(1e-10));
      }
    }
    for (int k = 0; k < 5; k++) {
      double[] u = restarted.upper().get(k).vector();
      assertThat(Math.abs(OrthonormalBasis.dot(u, free.upper().get(k).vector())))
          .isCloseTo(1, within(1e-10));
    }
  }

  @Test
  void thickRestartFindsAPairOfOneEigenvalue() {
    double[] values = spectrum(150, i -> i < 2 ? 3 : 2.0 / i);
    BlockLanczosSettings settings = new BlockLanczosSettings(3, 0, 1e-8, 0, 2000, 12, false);

    BlockLanczosResult result = run(settings, MatrixOperator.rotated(values), 2);

    assertThat(result.restarts()).isPositive();
    assertThat(values(result.upper())).containsExactly(new double[] {3, 3, 1}, within(1e-10));
  }

  @Test
  void labelsBothEndsBesideADominantNegativeEigenvalue() {
    double[] values = spectrum(60, i -> i == 0 ? -30 : i == 1 ? 18 : 1.0 / i);

    BlockLanczosResult result = run(ends(1, 1, 1e-8), MatrixOperator.rotated(values), 2);

    assertThat(values(result.upper())).containsExactly(new double[] {18}, within(1e-10));
    assertThat(values(result.lower())).containsExactly(new double[] {-30}, within(1e-10));
    assertThat(result.magnitude()).isCloseTo(30, within(1e-10));
  }

  @Test
  void tellsAPlusMinusPairApart() {
    double[] values = spectrum(50, i -> i == 0 ? 20 : i == 1 ? -19.99 : 0);

    BlockLanczosResult result = run(ends(2, 2, 1e-8), MatrixOperator.rotated(values), 1);

    assertThat(result.stop()).isEqualTo(BlockLanczosResult.Stop.CONVERGED);
    assertThat(values(result.upper())).containsExactly(new double[] {20, 0}, within(1e-10));
    assertThat(values(result.lower())).containsExactly(new double[] {-19.99, 0}, within(1e-10));
  }

  @Test
  void separatesTwoClustersOnePercentApart() {
    double[] values =
        spectrum(80, i -> i < 5 ? 1.01 + 1e-5 * i : i < 10 ? 1 + 1e-5 * i : 0.5 * i / 80);

    BlockLanczosResult result = run(ends(6, 0, 1e-9), MatrixOperator.rotated(values), 5);

    assertThat(values(result.upper()))
        .containsExactly(
            new double[] {1.01004, 1.01003, 1.01002, 1.01001, 1.01, 1.00009}, within(1e-9));
  }
}
