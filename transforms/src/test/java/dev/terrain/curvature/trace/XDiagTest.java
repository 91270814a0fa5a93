package dev.terrain.curvature.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.forms.ProbePlan;
import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.curvature.operator.Spectra;
import java.util.stream.IntStream;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class XDiagTest {
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
    assertThat(estimate.stop()).isEqualTo(ProbePlan.Stop.EXACT);
  }

  @Test
  void xDiagBeatsHutchinsonsEstimatorOnADecayingSpectrum() {
    MatrixOperator matrix = MatrixOperator.rotated(Spectra.of(60, i -> Math.pow(0.6, i)));

    double exchangeable =
        rootMeanSquare(
            new XDiag(new ProbePlan(NEVER, 30, 5)).estimate(matrix, "model").diagonal(),
            diagonal(matrix));
    // The variance of entry i by one Rademacher probe: the other entries of its row, squared.
    double variance = 0;
    for (int i = 0; i < 60; i++) {
      for (int j = 0; j < 60; j++) {
        variance += i == j ? 0 : matrix.rows()[i][j] * matrix.rows()[i][j] / 60;
      }
    }
    double plain = Math.sqrt(variance / 30);
    assertThat(exchangeable).isLessThan(0.05 * plain);
  }

  @Test
  void refuseABudgetWithoutThreeVectors() {
    assertThatThrownBy(() -> new XDiag(new ProbePlan(0.1, 5, 1)))
        .hasMessageContaining("maxProducts (5) must be at least 6");
  }
}
