package dev.terrain.curvature.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.forms.ProbePlan;
import dev.terrain.curvature.operator.DiagonalOperator;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.curvature.operator.Spectra;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@link XTrace}, Hutch++ and Hutchinson's estimator from the same number of products. Their test
 * vectors have no preferred direction, so a diagonal matrix stands for all with its spectrum.
 */
final class TraceComparisonTest {
  private static final int SEEDS = 25;

  private static double xTrace(LinearOperator operator, int products, String id) {
    return new XTrace(new ProbePlan(1e-300, products, 10)).estimate(operator, id).value();
  }

  private static double rootMeanSquareError(double[] values, ToDoubleFunction<String> estimate) {
    double trace = Spectra.trace(values);
    double squares =
        IntStream.range(0, SEEDS)
            .mapToDouble(seed -> estimate.applyAsDouble("model " + seed) - trace)
            .map(error -> error * error)
            .sum();
    return Math.sqrt(squares / SEEDS);
  }

  static Stream<Arguments> decaying() {
    double[] squares = Spectra.of(1000, i -> 1.0 / ((double) i * i));
    double[] slow = Spectra.of(1000, i -> Math.pow(0.9, i - 1));
    double[] fast = Spectra.of(1000, i -> Math.pow(0.7, i - 1));
    return Stream.of(
        Arguments.of("i^-2", squares, 21),
        Arguments.of("i^-2", squares, 60),
        Arguments.of("i^-2", squares, 150),
        Arguments.of("0.9^i", slow, 30),
        Arguments.of("0.9^i", slow, 90),
        Arguments.of("0.7^i", fast, 21),
        Arguments.of("0.7^i", fast, 42),
        Arguments.of("step to 1e-3", Spectra.of(1000, i -> i <= 50 ? 1 : 1e-3), 180),
        Arguments.of("step to 1e-8", Spectra.of(1000, i -> i <= 50 ? 1 : 1e-8), 180),
        Arguments.of("network-like", Spectra.ofNetwork(1500), 60));
  }

  @ParameterizedTest(name = "{0}, {2} products")
  @MethodSource("decaying")
  void onADecayingSpectrum_xTraceErrsLessThanHutchPlusPlusAndThatLessThanHutchinson(
      String name, double[] values, int products) {
    DiagonalOperator operator = new DiagonalOperator(values);

    double exchangeable = rootMeanSquareError(values, id -> xTrace(operator, products, id));
    double split =
        rootMeanSquareError(values, id -> HutchPlusPlus.estimate(operator, products, id));
    double plain =
        rootMeanSquareError(values, id -> HutchPlusPlus.hutchinson(operator, products, id));

    assertThat(exchangeable).as(name).isLessThan(split);
    assertThat(split).as(name).isLessThan(plain);
  }

  @Test
  void onAFlatSpectrum_allErrAlike() {
    double[] values = Spectra.of(1000, i -> 1 + 2 * (i - 1) / 999.0);
    DiagonalOperator operator = new DiagonalOperator(values);

    double exchangeable = rootMeanSquareError(values, id -> xTrace(operator, 60, id));
    double split = rootMeanSquareError(values, id -> HutchPlusPlus.estimate(operator, 60, id));
    double plain = rootMeanSquareError(values, id -> HutchPlusPlus.hutchinson(operator, 60, id));

    // Half and a third of the products are probes: √2 and √3 times the error, to 14 % of chance.
    assertThat(exchangeable / plain).isBetween(0.9, 2.2);
    assertThat(split / plain).isBetween(1.1, 2.7);
  }

  @Test
  void hutchPlusPlus_isExactIfTheRankIsAtMostAThirdOfTheProducts() {
    double[] values = new double[100];
    System.arraycopy(new double[] {5, 3, -2, 1, 0.5}, 0, values, 0, 5);
    MatrixOperator matrix = MatrixOperator.rotated(values);

    assertThat(HutchPlusPlus.estimate(matrix, 15, "model")).isCloseTo(7.5, within(1e-11));
    assertThat(Math.abs(HutchPlusPlus.estimate(matrix, 12, "model") - 7.5)).isGreaterThan(1e-6);
  }

  @Test
  void twoStandardErrors_coverTheTraceOfAsManyParametersAsThePublishedExperiment() {
    double[] values = Spectra.ofNetwork(1500);
    double trace = Spectra.trace(values);
    DiagonalOperator operator = new DiagonalOperator(values);

    int covered = 0;
    for (int seed = 0; seed < 300; seed++) {
      TraceResult result =
          new XTrace(new ProbePlan(1e-300, 60, 30)).estimate(operator, "model " + seed);
      covered += Math.abs(result.value() - trace) <= 2 * result.standardError() ? 1 : 0;
    }

    assertThat(covered).isGreaterThanOrEqualTo(276);
  }
}
