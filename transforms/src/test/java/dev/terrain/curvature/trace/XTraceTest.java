package dev.terrain.curvature.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.forms.ProbePlan;
import dev.terrain.curvature.operator.DiagonalOperator;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.curvature.operator.Spectra;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class XTraceTest {
  private static final double NEVER = 1e-15;

  /** Half of Student's quantile t_11(0.97725). */
  private static final double STUDENT_11 = 1.1274313483899525;

  private static TraceResult spend(int products, LinearOperator operator, String id) {
    return new XTrace(new ProbePlan(NEVER, products, 5)).estimate(operator, id);
  }

  private static double rootMeanSquare(int seeds, ToDoubleFunction<String> error) {
    return Math.sqrt(
        IntStream.range(0, seeds)
            .mapToDouble(seed -> error.applyAsDouble("model " + seed))
            .map(e -> e * e)
            .average()
            .orElseThrow());
  }

  @Test
  void equalsANaiveLeaveOneOutLoop() {
    MatrixOperator matrix = MatrixOperator.rotated(Spectra.ofNetwork(60));

    TraceResult result = spend(24, matrix, "model");

    RealMatrix dense = MatrixUtils.createRealMatrix(matrix.rows());
    RealMatrix omega = NaiveLeaveOneOut.sphericalTestVectors("model", 60, 12);
    double mean = Spectra.trace(NaiveLeaveOneOut.xTrace(dense, omega)) / 12;
    double error =
        NaiveLeaveOneOut.standardError(
            omega, STUDENT_11, vectors -> NaiveLeaveOneOut.xTrace(dense, vectors));
    assertThat(result.value()).isCloseTo(mean, within(1e-10));
    assertThat(result.standardError()).isCloseTo(error, within(1e-9));
    assertThat(result.probes()).isEqualTo(12);
    assertThat(result.products()).isEqualTo(24);
    assertThat(result.stop()).isEqualTo(ProbePlan.Stop.BUDGET_SPENT);
  }

  @Test
  void isExactIfTheRankIsBelowTheNumberOfTestVectors() {
    double[] values = new double[100];
    System.arraycopy(new double[] {5, 3, -2, 1, 0.5}, 0, values, 0, 5);
    MatrixOperator matrix = MatrixOperator.rotated(values);

    TraceResult result = spend(40, matrix, "model");

    assertThat(result.value()).isCloseTo(7.5, within(1e-12));
    assertThat(result.standardError()).isZero();
    assertThat(result.stop()).isEqualTo(ProbePlan.Stop.EXACT);
    assertThat(result.probes()).isEqualTo(5);
  }

  @Test
  void beatsHutchinsonManyTimesOverWhereTheSpectrumDecays() {
    assertThat(shareOfHutchinson(40, Spectra.of(200, i -> 1.0 / ((double) i * i))))
        .isLessThan(0.05);
    assertThat(shareOfHutchinson(40, Spectra.of(200, i -> Math.pow(0.7, i)))).isLessThan(0.01);
    assertThat(shareOfHutchinson(100, Spectra.of(200, i -> Math.pow(0.9, i)))).isLessThan(0.05);
    assertThat(shareOfHutchinson(40, Spectra.of(200, i -> i <= 10 ? 1 : 1e-3))).isLessThan(0.01);
    assertThat(shareOfHutchinson(60, Spectra.ofNetwork(200))).isLessThan(0.05);
  }

  /**
   * Root mean square error over 50 seeds, as a share of the closed form of Hutchinson's for probes
   * uniform on the sphere and as many products: √(2 d/(d + 2) (‖A‖_F² - (tr A)²/d) / products).
   */
  private static double shareOfHutchinson(int products, double[] values) {
    double trace = Spectra.trace(values);
    int d = values.length;
    double error =
        rootMeanSquare(50, id -> spend(products, new DiagonalOperator(values), id).value() - trace);
    return error
        / Math.sqrt(2.0 * d / (d + 2) * (Spectra.squares(values) - trace * trace / d) / products);
  }

  @Test
  void isNoBetterThanHutchinsonOnAFlatSpectrum() {
    double[] values = Spectra.of(200, i -> 1 + 2 * (i - 1) / 199.0);
    // Half of the products are test vectors: √2. 50 seeds leave the share 10 % of chance.
    assertThat(shareOfHutchinson(40, values)).isBetween(1.0, 1.7);
  }

  @Test
  void twoStandardErrorsCoverTheTraceOfAnIndefiniteNetworkLikeSpectrum() {
    // The estimate depends on the spectrum alone, as its test vectors have no preferred direction;
    // 200 eigenvalues instead of 1500 keep this test to a second or two.
    double[] values = Spectra.ofNetwork(200);
    DiagonalOperator operator = new DiagonalOperator(values);

    int covered = 0;
    for (int seed = 0; seed < 300; seed++) {
      TraceResult result =
          new XTrace(new ProbePlan(NEVER, 60, 30)).estimate(operator, "model " + seed);
      double error = Math.abs(result.value() - Spectra.trace(values));
      covered += error <= 2 * result.standardError() ? 1 : 0;
    }

    assertThat(covered).isGreaterThanOrEqualTo(276);
  }

  @Test
  void endsOnAnIndefiniteOperatorWithoutTrace() {
    double[] values = Spectra.of(200, i -> i % 2 == 0 ? i / 2 : -(i + 1) / 2);

    TraceResult result =
        new XTrace(new ProbePlan(0.01, 50, 8)).estimate(new DiagonalOperator(values), "model");

    assertThat(result.stop()).isEqualTo(ProbePlan.Stop.BUDGET_SPENT);
    assertThat(result.products()).isEqualTo(50);
    assertThat(result.value()).isCloseTo(0, within(4 * result.standardError()));
  }

  @Test
  void stopsOnceTheStandardErrorIsSmallEnough() {
    double[] values = Spectra.of(300, i -> 1.0 / ((double) i * i));
    DiagonalOperator operator = new DiagonalOperator(values);

    TraceResult result = new XTrace(new ProbePlan(0.02, 500, 8)).estimate(operator, "model");

    assertThat(result.stop()).isEqualTo(ProbePlan.Stop.ERROR_REACHED);
    assertThat(result.standardError()).isLessThanOrEqualTo(0.02 * result.value());
    assertThat(result.value()).isCloseTo(Spectra.trace(values), within(4 * result.standardError()));
    assertThat(result.products()).isLessThan(100).isEqualTo(operator.seen().size());
  }

  @Test
  void aLongerRunExtendsAShorterOne() {
    DiagonalOperator shorter = new DiagonalOperator(Spectra.ofNetwork(100));
    DiagonalOperator longer = new DiagonalOperator(Spectra.ofNetwork(100));

    spend(24, shorter, "model");
    spend(48, longer, "model");

    assertThat(shorter.seen()).hasSize(24);
    assertThat(longer.seen()).hasSize(48);
    for (int i = 0; i < 24; i++) {
      assertThat(longer.seen().get(i)).isEqualTo(shorter.seen().get(i));
    }
  }

  @Test
  void isExactOnSmallSpacesAndOnTheZeroOperator() {
    TraceResult whole = spend(20, new DiagonalOperator(1, -2, 4), "model");
    TraceResult zero = spend(20, new DiagonalOperator(new double[50]), "model");

    assertThat(whole.value()).isCloseTo(3, within(1e-12));
    assertThat(whole.stop()).isEqualTo(ProbePlan.Stop.EXACT);
    assertThat(zero.value()).isZero();
    assertThat(zero.stop()).isEqualTo(ProbePlan.Stop.EXACT);
  }

  @Test
  void refusesABudgetWithoutThreeTestVectors() {
    assertThatThrownBy(() -> new XTrace(new ProbePlan(0.1, 5, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxProducts (5) must be at least 6");
  }
}
