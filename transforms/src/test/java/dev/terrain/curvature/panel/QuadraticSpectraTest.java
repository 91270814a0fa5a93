package dev.terrain.curvature.panel;

import static dev.terrain.curvature.krylov.KrylovRuns.ends;
import static dev.terrain.curvature.krylov.KrylovRuns.probes;
import static dev.terrain.curvature.krylov.KrylovRuns.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.density.SpectralDensity;
import dev.terrain.curvature.forms.FormRecorder;
import dev.terrain.curvature.forms.ProbeMoments;
import dev.terrain.curvature.krylov.BlockLanczosResult;
import dev.terrain.curvature.krylov.BlockLanczosSettings;
import dev.terrain.curvature.operator.DiagonalOperator;
import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.curvature.operator.Spectra;
import dev.terrain.v1.CurvatureSettings;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The quadratic loss ½ θ'Aθ with the spectra of the experiments of Epperly, Tropp and Webber (2024,
 * section 3), in R^1000.
 */
final class QuadraticSpectraTest {
  private static final int DIMENSION = 1000;

  static Stream<Arguments> spectra() {
    return Stream.of(
        Arguments.of("linspace(1, 3)", Spectra.of(DIMENSION, i -> 1 + 2 * (i - 1) / 999.0), 2000),
        Arguments.of(
            "i^-2", Spectra.of(DIMENSION, i -> 1.0 / ((double) i * i)), 1.6439345666815601),
        Arguments.of("0.9^i", Spectra.of(DIMENSION, i -> Math.pow(0.9, i - 1)), 10),
        Arguments.of("0.7^i", Spectra.of(DIMENSION, i -> Math.pow(0.7, i - 1)), 10.0 / 3),
        Arguments.of("step to 1e-3", Spectra.of(DIMENSION, i -> i <= 50 ? 1 : 1e-3), 50.95),
        Arguments.of("step to 1e-8", Spectra.of(DIMENSION, i -> i <= 50 ? 1 : 1e-8), 50.0000095));
  }

  /**
   * Rademacher probes have no variance on a diagonal matrix: all that chance leaves is rounding.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("spectra")
  void traceNormAndEveryMoment_areThoseOfTheSpectrum(String name, double[] values, double trace) {
    DiagonalOperator operator = new DiagonalOperator(values);
    double squares = Spectra.squares(values);

    FormRecorder recorder = new FormRecorder(operator);
    recorder.apply(probes(DIMENSION, 4));
    assertThat(recorder.forms())
        .allSatisfy(forms -> assertThat(forms.form()).isCloseTo(trace, within(1e-12 * trace)));
    assertThat(ProbeMoments.frobeniusNorm(recorder.forms()).value())
        .isCloseTo(Math.sqrt(squares), within(1e-12 * squares));

    BlockLanczosSettings twelve = new BlockLanczosSettings(1, 0, 0, 12, 12, 1000, false);
    BlockLanczosResult krylov = run(twelve, operator, probes(DIMENSION, 1));
    SpectralDensity density = SpectralDensity.of(DIMENSION, 12, krylov.quadratures(), List.of());
    for (int degree = 0; degree < 24; degree++) {
      int power = degree;
      double moment = Arrays.stream(values).map(v -> Math.pow(v, power)).average().orElseThrow();
      assertThat(density.moment(degree))
          .as("%s, degree %s", name, degree)
          .isCloseTo(moment, within(1e-11 * moment));
    }
  }

  /** In the first one they lie 1e-3 of the range apart, which takes a basis of hundreds. */
  static Stream<Arguments> decayingSpectra() {
    return spectra().skip(1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("decayingSpectra")
  void largestEigenvalues_areThoseOfTheSpectrum(String name, double[] values, double trace) {
    double[] descending = Arrays.stream(values).map(v -> -v).sorted().map(v -> -v).toArray();

    BlockLanczosResult result =
        run(ends(3, 0, 1e-8), new DiagonalOperator(values), probes(DIMENSION, 4));

    assertThat(result.stop()).isNotEqualTo(BlockLanczosResult.Stop.BUDGET_SPENT);
    for (int k = 0; k < 3; k++) {
      assertThat(result.upper().get(k).value()).isCloseTo(descending[k], within(1e-9));
    }
  }

  /** A = Q diag(values) Q': the probes' errors are there, and as large as they say. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("spectra")
  void panelOfARotatedMatrix_isThatOfItsSpectrumWithinItsErrors(
      String name, double[] values, double trace) {
    CurvatureSettings settings = CurvatureSettings.newBuilder().build();
    double norm = Math.sqrt(Spectra.squares(values));

    CurvaturePanel panel =
        CurvaturePanel.measure(
            MatrixOperator.rotated(values), settings, settings.getMaxProducts(), "model");

    double rounding = 1e-9 * trace;
    assertThat(panel.trace().value())
        .isCloseTo(trace, within(4 * panel.trace().standardError() + rounding));
    assertThat(panel.trace().standardError()).isLessThan(0.05 * trace + rounding);
    assertThat(panel.frobeniusNorm().value())
        .isCloseTo(norm, within(4 * panel.frobeniusNorm().standardError() + rounding));
    assertThat(panel.upper().get(0).value())
        .isCloseTo(
            Arrays.stream(values).max().orElseThrow(),
            within(panel.upper().get(0).residual() + rounding));
    assertThat(panel.momentError()).isLessThan(1e-9);
  }
}
