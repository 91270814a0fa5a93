package dev.terrain.curvature.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.curvature.operator.Spectra;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The study's procedure is faithful to the study, its mistakes included. */
class PaperCurvatureTest {

  @Test
  void reportsADominantNegativeEigenvalueAsTheTopOne() {
    double[] values = Spectra.of(60, i -> i == 1 ? -30 : i == 2 ? 18 : 1.0 / i);

    PaperCurvature.Estimate top =
        PaperCurvature.ofStudy().topEigenvalue(MatrixOperator.rotated(values), "model");

    // The largest eigenvalue is 18.
    assertThat(top.value()).isCloseTo(-30, within(0.1));
    assertThat(top.stop()).isEqualTo(PaperCurvature.Stop.VALUE_STOPPED_MOVING);
  }

  @Test
  void reportsAMixtureForAPlusMinusPair() {
    double[] values = new double[50];
    values[0] = 20;
    values[1] = -19.99;

    MatrixOperator matrix = MatrixOperator.rotated(values);
    int mixtures = 0;
    for (int seed = 0; seed < 20; seed++) {
      PaperCurvature.Estimate top = PaperCurvature.ofStudy().topEigenvalue(matrix, "model " + seed);
      mixtures += Math.abs(top.value()) < 15 ? 1 : 0;
    }

    // 20 cos² - 19.99 sin² of the start's angle, which hardly turns: for 54 % of angles below 15.
    assertThat(mixtures).isGreaterThanOrEqualTo(6);
  }

  @Test
  void stopsShortOfTheTopOfTwoClustersOnePercentApart() {
    double[] values = Spectra.of(80, i -> i <= 2 ? 1.01 : i <= 40 ? 1.0 : 0.1);

    PaperCurvature.Estimate top =
        PaperCurvature.ofStudy().topEigenvalue(MatrixOperator.rotated(values), "model");

    assertThat(top.stop()).isEqualTo(PaperCurvature.Stop.VALUE_STOPPED_MOVING);
    assertThat(top.value()).isLessThan(1.003);
  }

  @Test
  void powerIterationFollowsTheRayleighQuotientOfTheStart() {
    // Av of diag(4, 4, 4, 4) is parallel to v: the second product changes nothing.
    PaperCurvature.Estimate top =
        PaperCurvature.ofStudy().topEigenvalue(MatrixOperator.diagonal(4, 4, 4, 4), "model");

    assertThat(top.products()).isEqualTo(2);
    assertThat(top.value()).isCloseTo(4, within(1e-4));
  }

  @Test
  void deflationFindsTheFollowingEigenvaluesByModulus() {
    List<PaperCurvature.Estimate> found =
        PaperCurvature.ofPyHessian()
            .eigenvalues(MatrixOperator.rotated(1, -10, 100, 0.1, 0.01), "model", 3);

    assertThat(found).hasSize(3);
    assertThat(found.get(0).value()).isCloseTo(100, within(0.1));
    assertThat(found.get(1).value()).isCloseTo(-10, within(0.05));
    assertThat(found.get(2).value()).isCloseTo(1, within(0.02));
  }

  @Test
  void endsAfterAHundredProducts() {
    // Around a trace of 0 the mean is seldom twice the same to 0.1 %.
    MatrixOperator matrix = MatrixOperator.rotated(Spectra.of(60, i -> i % 2 == 0 ? 1 : -1));
    int spent = 0;
    for (int seed = 0; seed < 20; seed++) {
      PaperCurvature.Estimate trace = PaperCurvature.ofPyHessian().trace(matrix, "model " + seed);
      boolean moving = trace.stop() == PaperCurvature.Stop.ITERATIONS_SPENT;
      assertThat(trace.products()).isLessThanOrEqualTo(100);
      assertThat(trace.products() == 100).as("%s", trace).isEqualTo(moving);
      spent += moving ? 1 : 0;
    }

    assertThat(spent).isPositive();
  }

  @Test
  void theTraceOfADiagonalMatrixStopsAtTheSecondProbe() {
    PaperCurvature.Estimate trace =
        PaperCurvature.ofStudy().trace(MatrixOperator.diagonal(1, 2, 3), "model");

    assertThat(trace)
        .isEqualTo(new PaperCurvature.Estimate(6, 2, PaperCurvature.Stop.VALUE_STOPPED_MOVING));
  }

  @Test
  void aNegativeMeanStopsTheStudysTraceAtOnceButNotPyHessians() {
    double[] values = Spectra.ofNetwork(80);
    for (int i = 0; i < values.length; i++) {
      values[i] = -values[i];
    }
    MatrixOperator matrix = MatrixOperator.rotated(values);

    assertThat(PaperCurvature.ofStudy().trace(matrix, "model").products()).isEqualTo(2);
    assertThat(PaperCurvature.ofPyHessian().trace(matrix, "model").products()).isGreaterThan(2);
  }

  @Test
  void theTraceStopsFarFromTheTruthNowAndThen() {
    double[] values = Spectra.ofNetwork(80);
    MatrixOperator matrix = MatrixOperator.rotated(values);
    double worst = 0;
    for (int seed = 0; seed < 100; seed++) {
      PaperCurvature.Estimate trace = PaperCurvature.ofStudy().trace(matrix, "model " + seed);
      if (trace.stop() == PaperCurvature.Stop.VALUE_STOPPED_MOVING) {
        worst = Math.max(worst, Math.abs(trace.value() / Spectra.trace(values) - 1));
      }
    }

    // A tolerance of 0.1 % is no error of 0.1 %.
    assertThat(worst).isGreaterThan(0.1);
  }

  @Test
  void refusesMoreEigenvaluesThanThereAre() {
    assertThatThrownBy(
            () -> PaperCurvature.ofStudy().eigenvalues(MatrixOperator.diagonal(1, 2), "model", 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("count (3) must be from 1 to the dimension 2");
  }
}
