package dev.terrain.curvature.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.forms.Deflation;
import dev.terrain.curvature.forms.ProbePlan;
import dev.terrain.curvature.operator.DiagonalOperator;
import dev.terrain.curvature.operator.Eigenpair;
import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.curvature.operator.NaiveKrylov;
import dev.terrain.curvature.operator.Spectra;
import dev.terrain.random.CounterRandom;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;

/** {@link HutchinsonDiagonal} and {@link XDiag}. */
class DiagonalTest {
  private static final double NEVER = 1e-15;

  private static double[] diagonal(MatrixOperator matrix) {
    return IntStream.range(0, matrix.dimension()).mapToDouble(i -> matrix.rows()[i][i]).toArray();
  }

  private static double rootMeanSquare(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]) / a.length;
    }
    return Math.sqrt(sum);
  }

  @Test
  void hutchinsonIsExactOnADiagonalMatrix() {
    double[] values = Spectra.ofNetwork(50);

    DiagonalEstimate estimate =
        new HutchinsonDiagonal(new ProbePlan(0.01, 20, 4))
            .estimate(new DiagonalOperator(values), Deflation.none(), "model");

    assertThat(estimate.diagonal()).containsExactly(values, within(1e-12));
    assertThat(estimate.largestError()).isLessThan(1e-12);
    assertThat(estimate.products()).isEqualTo(4);
    assertThat(estimate.stop()).isEqualTo(StopReason.ERROR_REACHED);
  }

  @Test
  void hutchinsonHasTheErrorThatTheOffDiagonalEntriesGive() {
    MatrixOperator matrix = MatrixOperator.rotated(Spectra.ofNetwork(60));
    double variance = 0;
    for (int i = 0; i < 60; i++) {
      for (int j = 0; j < 60; j++) {
        variance += i == j ? 0 : matrix.rows()[i][j] * matrix.rows()[i][j] / 60;
      }
    }

    DiagonalEstimate estimate =
        new HutchinsonDiagonal(new ProbePlan(NEVER, 200, 50))
            .estimate(matrix, Deflation.none(), "model");

    // Sums of 60 squares with about 10 degrees of freedom: a standard deviation of some 10 %.
    double expected = Math.sqrt(variance / 200);
    assertThat(estimate.rootMeanSquareError()).isCloseTo(expected, within(0.3 * expected));
    assertThat(rootMeanSquare(estimate.diagonal(), diagonal(matrix)))
        .isBetween(0.6 * expected, 1.6 * expected);
    assertThat(estimate.stop()).isEqualTo(StopReason.BUDGET_SPENT);
  }

  @Test
  void deflationLeavesOnlyTheRestToChance() {
    double[] values = new double[50];
    values[0] = 7;
    values[1] = -4;
    MatrixOperator matrix = MatrixOperator.rotated(values);
    double[] start = CounterRandom.of("test", "start", 0).rademacher(50);
    List<Eigenpair> pairs = new NaiveKrylov(matrix.rows(), new double[][] {start}, 3).pairs(1e-8);

    DiagonalEstimate estimate =
        new HutchinsonDiagonal(new ProbePlan(NEVER, 3, 3))
            .estimate(matrix, Deflation.of(List.of(pairs.get(0), pairs.get(2))), "model");

    assertThat(estimate.diagonal()).containsExactly(diagonal(matrix), within(1e-10));
  }

  @Test
  void xDiagEqualsANaiveLeaveOneOutLoop() {
    MatrixOperator matrix = MatrixOperator.rotated(Spectra.ofNetwork(60));
    RealMatrix naive =
        NaiveLeaveOneOut.xDiag(
            MatrixUtils.createRealMatrix(matrix.rows()),
            NaiveLeaveOneOut.rademacherTestVectors("model", 60, 12));

    DiagonalEstimate estimate = new XDiag(new ProbePlan(NEVER, 24, 5)).estimate(matrix, "model");

    double squaredErrors = 0;
    for (int j = 0; j < 60; j++) {
      double[] row = naive.getRow(j);
      double mean = Spectra.trace(row) / 12;
      assertThat(estimate.diagonal()[j]).isCloseTo(mean, within(1e-10));
      for (double value : row) {
        squaredErrors += (value - mean) * (value - mean) / 11 / 12 / 60;
      }
    }
    assertThat(estimate.rootMeanSquareError()).isCloseTo(Math.sqrt(squaredErrors), within(1e-10));
    assertThat(estimate.products()).isEqualTo(24);
  }

  @Test
  void xDiagIsExactIfTheRankIsBelowTheNumberOfTestVectors() {
    double[] values = new double[60];
    System.arraycopy(new double[] {5, 3, -2, 1}, 0, values, 0, 4);
    MatrixOperator matrix = MatrixOperator.rotated(values);

    DiagonalEstimate estimate = new XDiag(new ProbePlan(NEVER, 40, 4)).estimate(matrix, "model");

    assertThat(estimate.diagonal()).containsExactly(diagonal(matrix), within(1e-11));
    assertThat(estimate.stop()).isEqualTo(StopReason.EXACT);
  }

  @Test
  void xDiagBeatsHutchinsonOnADecayingSpectrum() {
    MatrixOperator matrix = MatrixOperator.rotated(Spectra.of(60, i -> Math.pow(0.6, i)));

    double exchangeable =
        rootMeanSquare(
            new XDiag(new ProbePlan(NEVER, 30, 5)).estimate(matrix, "model").diagonal(),
            diagonal(matrix));
    double plain =
        rootMeanSquare(
            new HutchinsonDiagonal(new ProbePlan(NEVER, 30, 5))
                .estimate(matrix, Deflation.none(), "model")
                .diagonal(),
            diagonal(matrix));

    assertThat(exchangeable).isLessThan(0.05 * plain);
  }

  @Test
  void refuseABudgetWithoutThreeVectors() {
    assertThatThrownBy(() -> new HutchinsonDiagonal(new ProbePlan(0.1, 2, 1)))
        .hasMessageContaining("maxProducts (2) must be at least 3");
    assertThatThrownBy(() -> new XDiag(new ProbePlan(0.1, 5, 1)))
        .hasMessageContaining("maxProducts (5) must be at least 6");
  }
}
