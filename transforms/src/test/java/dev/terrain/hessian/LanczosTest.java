package dev.terrain.hessian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.random.CounterRandom;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanczosTest {

  private static CounterRandom random() {
    return CounterRandom.of("test", "lanczos start", 0);
  }

  private static LanczosResult all(LinearOperator operator) {
    return new Lanczos(0, operator.dimension(), operator.dimension()).largest(operator, random());
  }

  @Test
  void findsTheLargestAlgebraicEigenvalueBesideADominantNegativeOne() {
    double[] values = new double[60];
    values[0] = -30;
    values[1] = 18;
    for (int i = 2; i < values.length; i++) {
      values[i] = 1.0 / i;
    }

    LanczosResult result =
        new Lanczos(1e-8, 5, 40).largest(MatrixOperator.rotated(values), random());

    assertThat(result.converged()).isTrue();
    assertThat(result.topEigenvalue()).isCloseTo(18, within(1e-10));
    assertThat(result.ritzValues()[0]).isCloseTo(-30, within(1e-10));
  }

  @Test
  void tellsAPlusMinusPairApart() {
    double[] values = new double[50];
    values[0] = 20;
    values[1] = -19.99;

    LanczosResult result =
        new Lanczos(1e-10, 5, 50).largest(MatrixOperator.rotated(values), random());

    assertThat(result.topEigenvalue()).isCloseTo(20, within(1e-10));
    assertThat(result.ritzValues()[0]).isCloseTo(-19.99, within(1e-10));
  }

  @Test
  void separatesTwoClustersOnePercentApart() {
    double[] values = new double[80];
    for (int i = 0; i < values.length; i++) {
      values[i] = i < 5 ? 1.01 + 1e-5 * i : i < 10 ? 1.0 + 1e-5 * i : 0.5 * i / values.length;
    }

    LanczosResult result =
        new Lanczos(1e-9, 5, 80).largest(MatrixOperator.rotated(values), random());

    assertThat(result.converged()).isTrue();
    assertThat(result.topEigenvalue()).isCloseTo(1.01004, within(1e-8));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void theResidualBoundsTheErrorOfTheTopEigenvalueForTheDefaultTolerance(int seed) {
    double[] values = IntStream.rangeClosed(1, 300).mapToDouble(i -> 1.0 / (i * i)).toArray();

    LanczosResult result =
        new Lanczos(1e-3, 5, 100)
            .largest(
                MatrixOperator.diagonal(values), CounterRandom.of("test", "lanczos start", seed));

    assertThat(result.converged()).isTrue();
    assertThat(result.topEigenvalue()).isCloseTo(1, within(result.topResidual()));
  }

  @Test
  void goesOnAfterABreakdownAndFindsMultiplicities() {
    LanczosResult result = all(MatrixOperator.diagonal(1, 1, 1, 2, 2, 3));

    assertThat(result.ritzValues()).containsExactly(new double[] {1, 1, 1, 2, 2, 3}, within(1e-12));
    // The Krylov space of the start has one vector for each distinct eigenvalue.
    assertThat(Arrays.stream(result.weights()).filter(w -> w > 0)).hasSize(3);
    assertThat(result.steps()).isEqualTo(6);
  }

  @Test
  void findsTheMultiplicitiesOfSoftMaxRegressionAtZeroWeights() {
    // Closed form: at θ = 0 the Hessian is (I/C - 11'/C²) ⊗ X'X/N, so each eigenvalue of X'X/N,
    // over C, is there C - 1 times, and 0 once for each.
    int classes = 4;
    double[] gram = {6, 3, 1};
    int d = classes * gram.length;
    double[][] hessian = new double[d][d];
    for (int c = 0; c < classes; c++) {
      for (int k = 0; k < classes; k++) {
        for (int i = 0; i < gram.length; i++) {
          double between = (c == k ? 1.0 / classes : 0) - 1.0 / (classes * classes);
          hessian[c * gram.length + i][k * gram.length + i] = between * gram[i];
        }
      }
    }

    LanczosResult result = all(new MatrixOperator(hessian));

    assertThat(result.ritzValues())
        .containsExactly(
            new double[] {0, 0, 0, 0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 1.5, 1.5, 1.5},
            within(1e-12));
  }

  @Test
  void keepsTheBasisOrthonormalOnASpectrumOfPowersOfTwo() {
    double[] values = IntStream.range(0, 100).mapToDouble(i -> Math.pow(2, -i)).toArray();

    LanczosResult result = all(MatrixOperator.diagonal(values));

    assertThat(Arrays.stream(result.ritzValues()).filter(v -> v > 0.9)).hasSize(1);
    double[] descending =
        IntStream.range(0, 100).mapToDouble(i -> result.ritzValues()[99 - i]).toArray();
    assertThat(descending).containsExactly(values, within(1e-14));
  }

  @Test
  void reportsTheTrueResidual() {
    double[] values = IntStream.rangeClosed(1, 200).mapToDouble(i -> Math.pow(0.9, i)).toArray();
    MatrixOperator operator = MatrixOperator.rotated(values);

    LanczosResult result = new Lanczos(1e-3, 5, 100).largest(operator, random());

    double[] residual = operator.apply(result.topVector());
    for (int i = 0; i < residual.length; i++) {
      residual[i] -= result.topEigenvalue() * result.topVector()[i];
    }
    assertThat(OrthonormalBasis.norm(residual)).isCloseTo(result.topResidual(), within(1e-10));
    assertThat(result.topResidual()).isPositive();
  }

  @Test
  void ritzValuesAndWeightsAreTheGaussQuadratureOfTheStartingVector() {
    double[] values = IntStream.rangeClosed(1, 40).mapToDouble(i -> 0.1 * i).toArray();
    CounterRandom start = random();
    double[] v = DoubleStream.generate(start::nextGaussian).limit(40).toArray();
    double squaredNorm = OrthonormalBasis.dot(v, v);

    LanczosResult result = new Lanczos(0, 4, 4).largest(MatrixOperator.diagonal(values), random());

    for (int degree = 0; degree <= 7; degree++) {
      double moment = 0;
      for (int i = 0; i < v.length; i++) {
        moment += Math.pow(values[i], degree) * v[i] * v[i] / squaredNorm;
      }
      double quadrature = 0;
      for (int i = 0; i < 4; i++) {
        quadrature += Math.pow(result.ritzValues()[i], degree) * result.weights()[i];
      }
      assertThat(quadrature).isCloseTo(moment, within(1e-12 * Math.pow(4, degree)));
    }
  }

  @Test
  void saysSoWhenTheStepsDoNotSuffice() {
    double[] values = IntStream.rangeClosed(1, 200).mapToDouble(i -> i / 200.0).toArray();

    LanczosResult result =
        new Lanczos(1e-6, 5, 10).largest(MatrixOperator.diagonal(values), random());

    assertThat(result.converged()).isFalse();
    assertThat(result.steps()).isEqualTo(10);
    assertThat(result.topResidual()).isGreaterThan(1e-6);
  }

  @Test
  void givesZeroForTheZeroOperator() {
    LanczosResult result =
        new Lanczos(1e-3, 5, 100).largest(MatrixOperator.diagonal(new double[20]), random());

    assertThat(result.topEigenvalue()).isZero();
    assertThat(result.topResidual()).isZero();
    assertThat(result.converged()).isTrue();
  }

  @Test
  void solvesOneDimension() {
    LanczosResult result = all(MatrixOperator.diagonal(-7));

    assertThat(result.topEigenvalue()).isEqualTo(-7);
    assertThat(Math.abs(result.topVector()[0])).isEqualTo(1);
    assertThat(result.converged()).isTrue();
  }

  @Test
  void refusesLimitsThatContradictEachOther() {
    assertThatThrownBy(() -> new Lanczos(1e-3, 5, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("minSteps (5)");
  }
}
