package dev.terrain.curvature.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.forms.ProbePlan;
import dev.terrain.curvature.operator.DiagonalOperator;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.curvature.operator.Spectra;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class XNysTraceTest {
  private static final double NEVER = 1e-15;

  /** Half of Student's quantile t_11(0.97725). */
  private static final double STUDENT_11 = 1.1274313483899525;

  private static TraceResult spend(int products, LinearOperator operator, String id) {
    return new XNysTrace(new ProbePlan(NEVER, products, 5)).estimate(operator, id);
  }

  @Test
  void equalsANaiveLeaveOneOutLoop() {
    MatrixOperator matrix = MatrixOperator.rotated(Spectra.of(60, i -> 5.0 / i));

    TraceResult result = spend(12, matrix, "model");

    RealMatrix dense = MatrixUtils.createRealMatrix(matrix.rows());
    RealMatrix omega = NaiveLeaveOneOut.sphericalTestVectors("model", 60, 12);
    double mean = Spectra.trace(NaiveLeaveOneOut.xNysTrace(dense, omega)) / 12;
    double error =
        NaiveLeaveOneOut.standardError(
            omega, STUDENT_11, vectors -> NaiveLeaveOneOut.xNysTrace(dense, vectors));
    assertThat(result.value()).isCloseTo(mean, within(1e-10));
    assertThat(result.standardError()).isCloseTo(error, within(1e-9));
    assertThat(result.products()).isEqualTo(12);
    assertThat(result.stop()).isEqualTo(ProbePlan.Stop.BUDGET_SPENT);
  }

  @Test
  void isExactUpToTheShiftIfTheRankIsBelowTheNumberOfTestVectors() {
    double[] values = new double[100];
    System.arraycopy(new double[] {5, 3, 2, 1, 0.5}, 0, values, 0, 5);

    TraceResult result =
        new XNysTrace(new ProbePlan(1e-6, 40, 5)).estimate(MatrixOperator.rotated(values), "model");

    assertThat(result.value()).isCloseTo(11.5, within(1e-8));
    assertThat(result.stop()).isEqualTo(ProbePlan.Stop.ERROR_REACHED);
    assertThat(result.products()).isEqualTo(12);
  }

  @Test
  void isExactOnceAllOfTheSpaceIsSpanned() {
    TraceResult result = spend(50, new DiagonalOperator(1, 2, 3, 4, 0), "model");

    assertThat(result.value()).isCloseTo(10, within(1e-8));
    assertThat(result.stop()).isEqualTo(ProbePlan.Stop.EXACT);
    assertThat(result.products()).isEqualTo(5);
  }

  @Test
  void beatsHutchinsonManyTimesOverWhereTheSpectrumDecays() {
    double[] values = Spectra.of(200, i -> Math.pow(0.7, i));
    double squares = 0;
    for (int seed = 0; seed < 100; seed++) {
      double error =
          spend(20, new DiagonalOperator(values), "model " + seed).value() - Spectra.trace(values);
      squares += error * error / 100;
    }

    double hutchinson =
        Math.sqrt(
            2
                * (Spectra.squares(values) - Spectra.trace(values) * Spectra.trace(values) / 200)
                / 20);
    assertThat(Math.sqrt(squares)).isLessThan(0.05 * hutchinson);
  }

  @Test
  void twoStandardErrorsNearlyAlwaysCoverTheTrace() {
    double[] values = Spectra.of(200, i -> 5.0 / i);
    int covered = 0;
    for (int seed = 0; seed < 300; seed++) {
      TraceResult result = spend(30, new DiagonalOperator(values), "model " + seed);
      double error = Math.abs(result.value() - Spectra.trace(values));
      covered += error <= 2 * result.standardError() ? 1 : 0;
    }

    assertThat(covered).isGreaterThanOrEqualTo(276);
  }

  @Test
  void refusesAnIndefiniteOperator() {
    assertThatThrownBy(() -> spend(20, new DiagonalOperator(Spectra.ofNetwork(100)), "model"))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("not positive semi-definite");
  }

  @Test
  void toleratesTheRoundingOfSinglePrecision() {
    double[] values = new double[100];
    for (int i = 0; i < values.length; i++) {
      values[i] = i < 5 ? 5 - i : (i % 2 == 0 ? 1e-8 : -1e-8);
    }

    TraceResult result = spend(20, new DiagonalOperator(values), "model");

    assertThat(result.value()).isCloseTo(15, within(1e-3));
  }

  @Test
  void givesZeroForTheZeroOperator() {
    assertThat(spend(20, new DiagonalOperator(new double[50]), "model"))
        .isEqualTo(new TraceResult(0, 0.0, 12, 12, ProbePlan.Stop.EXACT));
  }
}
