package dev.terrain.hessian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.random.CounterRandom;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlockLanczosTest {

  private static double[] spectrum(int dimension, IntToDoubleFunction value) {
    return IntStream.range(0, dimension).mapToDouble(value).toArray();
  }

  private static double[][] probes(int dimension, int count) {
    return IntStream.range(0, count)
        .mapToObj(j -> CounterRandom.of("test", "probe", j).rademacher(dimension))
        .toArray(double[][]::new);
  }

  private static BlockLanczosSettings ends(int upper, int lower, double tolerance) {
    return new BlockLanczosSettings(upper, lower, tolerance, 0, 1000, 1000, false);
  }

  private static BlockLanczosResult run(
      BlockLanczosSettings settings, LinearOperator operator, int blockSize) {
    return run(settings, operator, probes(operator.dimension(), blockSize));
  }

  private static BlockLanczosResult run(
      BlockLanczosSettings settings, LinearOperator operator, double[][] start) {
    return new BlockLanczos(settings)
        .run(operator, start, CounterRandom.of("test", "replacement", 0));
  }

  private static double[] values(List<Eigenpair> pairs) {
    return pairs.stream().mapToDouble(Eigenpair::value).toArray();
  }

  private static double trueResidual(LinearOperator operator, Eigenpair pair) {
    double[] residual = operator.apply(pair.vector());
    double squares = 0;
    for (int i = 0; i < residual.length; i++) {
      residual[i] -= pair.value() * pair.vector()[i];
      squares += residual[i] * residual[i];
    }
    return Math.sqrt(squares);
  }

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
    assertThat(result.stop()).isEqualTo(KrylovStop.SPACE_SPANNED);
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

    assertThat(result.stop()).isEqualTo(KrylovStop.CONVERGED);
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
    assertThat(restarted.stop()).isEqualTo(KrylovStop.CONVERGED);
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

    assertThat(result.stop()).isEqualTo(KrylovStop.CONVERGED);
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

  @Test
  void aSpentBudgetLeavesPairsThatSayTheyDidNotConverge() {
    BlockLanczosSettings settings = new BlockLanczosSettings(3, 2, 1e-6, 0, 18, 1000, true);

    BlockLanczosResult result =
        run(settings, MatrixOperator.diagonal(spectrum(200, i -> i / 200.0)), 4);

    // Three blocks of four; a fourth would leave too few for the five pairs' verification.
    assertThat(result.products()).isEqualTo(12 + 5);
    assertThat(result.stop()).isEqualTo(KrylovStop.BUDGET_SPENT);
    assertThat(result.upper()).hasSize(3).noneMatch(Eigenpair::converged);
    assertThat(result.lower()).hasSize(2).noneMatch(Eigenpair::converged);
    assertThat(result.upper().get(0).residual()).isGreaterThan(1e-6);
  }

  @Test
  void aBudgetBelowTheWantedPairsGivesFewerOfThem() {
    BlockLanczosSettings settings = new BlockLanczosSettings(5, 0, 1e-6, 0, 3, 1000, false);

    BlockLanczosResult result = run(settings, MatrixOperator.diagonal(spectrum(30, i -> i)), 1);

    assertThat(result.upper()).hasSize(3).noneMatch(Eigenpair::converged);
  }

  @Test
  void theQuadratureOfEachProbeHasItsMoments() {
    int d = 150;
    double[] values = spectrum(d, i -> i < 3 ? 8.0 - i : i % 4 == 0 ? -1.0 / i : 1.0 / i);
    MatrixOperator operator = MatrixOperator.rotated(values);
    double[][] start = probes(d, 3);

    BlockLanczosResult result = run(ends(2, 1, 1e-4), operator, start);

    assertThat(result.quadratures()).hasSize(3);
    for (int j = 0; j < 3; j++) {
      Quadrature quadrature = result.quadratures().get(j);
      double[] product = operator.apply(start[j]);
      assertThat(moment(quadrature, 0)).isCloseTo(1, within(1e-12));
      assertThat(d * moment(quadrature, 1))
          .isCloseTo(OrthonormalBasis.dot(start[j], product), within(1e-10));
      assertThat(d * moment(quadrature, 2))
          .isCloseTo(OrthonormalBasis.dot(product, product), within(1e-10));
      assertThat(Arrays.stream(quadrature.weights()).min().orElseThrow()).isNotNegative();
    }
  }

  @Test
  void fourBlockStepsIntegratePolynomialsOfDegreeSeven() {
    double[] values = spectrum(60, i -> 0.05 * (i + 1));
    double[][] start = new double[2][60];
    CounterRandom random = CounterRandom.of("test", "start", 0);
    for (int i = 0; i < 60; i++) {
      start[0][i] = random.nextGaussian();
      start[1][i] = 3 * random.nextGaussian() + start[0][i];
    }
    BlockLanczosSettings eight = new BlockLanczosSettings(1, 0, 0, 8, 8, 1000, false);

    BlockLanczosResult result = run(eight, MatrixOperator.diagonal(values), start);

    for (int j = 0; j < 2; j++) {
      for (int degree = 0; degree <= 7; degree++) {
        double moment = 0;
        double squaredNorm = 0;
        for (int i = 0; i < 60; i++) {
          moment += Math.pow(values[i], degree) * start[j][i] * start[j][i];
          squaredNorm += start[j][i] * start[j][i];
        }
        assertThat(moment(result.quadratures().get(j), degree))
            .isCloseTo(moment / squaredNorm, within(1e-12 * Math.pow(3, degree)));
      }
    }
  }

  @Test
  void theQuadratureIsOfTheSpaceBeforeTheFirstRestart() {
    MatrixOperator operator = MatrixOperator.rotated(spectrum(200, i -> 10.0 / (1 + i)));
    BlockLanczosSettings twenty = new BlockLanczosSettings(5, 3, 1e-9, 0, 2000, 20, false);
    BlockLanczosSettings once = new BlockLanczosSettings(5, 3, 0, 20, 20, 20, false);

    BlockLanczosResult restarted = run(twenty, operator, 2);
    BlockLanczosResult stopped = run(once, operator, 2);

    assertThat(restarted.restarts()).isPositive();
    assertThat(stopped.restarts()).isZero();
    for (int j = 0; j < 2; j++) {
      Quadrature quadrature = restarted.quadratures().get(j);
      assertThat(quadrature.nodes()).isEqualTo(stopped.quadratures().get(j).nodes());
      assertThat(quadrature.weights()).isEqualTo(stopped.quadratures().get(j).weights());
    }
  }

  private static double moment(Quadrature quadrature, int degree) {
    double sum = 0;
    for (int i = 0; i < quadrature.nodes().length; i++) {
      sum += quadrature.weights()[i] * Math.pow(quadrature.nodes()[i], degree);
    }
    return sum;
  }

  @Test
  void dependentStartVectorsAreReplacedAndKeepTheirQuadratures() {
    int d = 80;
    MatrixOperator operator = MatrixOperator.rotated(spectrum(d, i -> i < 3 ? 5 : 1.0 / i));
    double[][] start = probes(d, 3);
    for (int i = 0; i < d; i++) {
      start[2][i] = start[0][i] - 2 * start[1][i];
    }
    double[] product = operator.apply(start[2]);
    double squaredNorm = OrthonormalBasis.dot(start[2], start[2]);

    BlockLanczosResult result = run(ends(3, 0, 1e-8), operator, start);

    assertThat(values(result.upper())).containsExactly(new double[] {5, 5, 5}, within(1e-10));
    assertThat(squaredNorm * moment(result.quadratures().get(2), 2))
        .isCloseTo(OrthonormalBasis.dot(product, product), within(1e-9));
  }

  @Test
  void endsOnAnOperatorWhoseRangeIsSmallerThanTheWantedPairs() {
    double[] values = spectrum(100, i -> i < 2 ? 1 + i : 0);

    BlockLanczosResult result = run(ends(4, 0, 1e-6), MatrixOperator.rotated(values), 1);

    assertThat(values(result.upper())).containsExactly(new double[] {2, 1, 0, 0}, within(1e-12));
    assertThat(result.stop()).isEqualTo(KrylovStop.CONVERGED);
  }

  @Test
  void givesZeroForTheZeroOperator() {
    BlockLanczosResult result = run(ends(2, 1, 1e-3), MatrixOperator.diagonal(new double[20]), 2);

    assertThat(values(result.upper())).containsExactly(0, 0);
    assertThat(result.upper()).allMatch(pair -> pair.converged() && pair.residual() == 0);
    assertThat(moment(result.quadratures().get(1), 1)).isZero();
  }

  @Test
  void solvesOneDimensionWithALargerBlock() {
    BlockLanczosResult result = run(ends(1, 1, 0), MatrixOperator.diagonal(-7), 3);

    assertThat(values(result.upper())).containsExactly(-7);
    assertThat(Math.abs(result.lower().get(0).vector()[0])).isEqualTo(1);
    assertThat(result.products()).isEqualTo(1);
    assertThat(result.quadratures()).hasSize(3);
  }

  @Test
  void doesNotBelieveBeforeTheFewestProducts() {
    BlockLanczosSettings settings = new BlockLanczosSettings(1, 0, 0.5, 24, 100, 1000, false);

    BlockLanczosResult result =
        run(settings, MatrixOperator.rotated(spectrum(200, i -> 1.0 / (1 + i))), 4);

    assertThat(result.products()).isEqualTo(24);
    assertThat(result.stop()).isEqualTo(KrylovStop.CONVERGED);
  }

  @Test
  void refusesSettingsAndStartsThatContradictEachOther() {
    assertThatThrownBy(() -> ends(0, 0, 1e-3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("upper (0)");
    assertThatThrownBy(() -> ends(1, 0, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tolerance (NaN)");
    assertThatThrownBy(() -> new BlockLanczosSettings(1, 0, 1e-3, 5, 4, 9, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("minProducts (5)");
    MatrixOperator operator = MatrixOperator.diagonal(1, 2, 3, 4);
    BlockLanczosSettings small = new BlockLanczosSettings(2, 1, 1e-3, 0, 4, 7, true);
    assertThatThrownBy(() -> run(small, operator, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxBasis (7) must be at least 9");
    assertThatThrownBy(() -> run(small, operator, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxProducts (4) must be at least 5");
    assertThatThrownBy(() -> run(small, operator, new double[][] {new double[4]}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("start vector 0 has length 4 and norm 0.0");
    assertThatThrownBy(() -> run(small, operator, new double[][] {{1, 1}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the length must be 4");
  }

  @Test
  void aProductThatIsNotFiniteIsNamed() {
    MatrixOperator operator = MatrixOperator.diagonal(1, 2, Double.NaN);

    assertThatThrownBy(() -> run(ends(1, 0, 1e-3), operator, 1))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("is NaN; it must be finite");
  }
}
