package dev.terrain.stage.curvature;

import static dev.terrain.stage.curvature.CurvatureFixture.EXAMPLES;
import static dev.terrain.stage.curvature.CurvatureFixture.SETTINGS;
import static dev.terrain.stage.curvature.CurvatureFixture.withBias;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.data.ImageSample;
import dev.terrain.stage.PlainMlp;
import dev.terrain.stage.TinyStudy;
import dev.terrain.stage.training.CellData;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The curvature stage where no eigenpairs are asked for. */
final class TraceAloneTest {
  @TempDir private static Path folder;
  private static CurvatureFixture fixture;
  private static TinyStudy study;
  private static List<ModelRef> regressions;

  @BeforeAll
  static void train() {
    fixture = new CurvatureFixture(folder);
    study = fixture.study();
    regressions = fixture.regressions(1);
  }

  private static UnitResult measure(ModelRef model, CurvatureSettings settings) throws IOException {
    return fixture.measure(model, settings);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hessian", "gauss_newton", "fisher"})
  void withoutEigenpairs_thereAreTraceNormAndRankAlone(String operator) throws IOException {
    ModelRef model = regressions.get(0);
    // For softmax regression all three matrices are the Hessian.
    RealMatrix hessian = fixture.hessian(model);
    double trace = hessian.getTrace();
    double norm = hessian.getFrobeniusNorm();

    UnitResult result =
        measure(
            model,
            CurvatureSettings.newBuilder(SETTINGS)
                .setOperator(operator)
                .setEigenvalues(0)
                .setLowerEigenvalues(0)
                .setMeasures(List.of())
                .build());

    assertThat(result.getSpectra()).isEmpty();
    assertThat(result.getMeasurements())
        .extracting(Measurement::getMetric)
        .containsExactly(
            operator + "_trace", operator + "_frobenius_norm", operator + "_effective_rank");
    Measurement measured = TinyStudy.only(result, operator + "_trace");
    assertThat(measured.getStatus()).isEqualTo(MeasurementStatus.OK);
    assertThat(measured.getStdError()).isBetween(1e-12, 0.04 * trace);
    assertThat(measured.getValue()).isCloseTo(trace, within(4 * measured.getStdError()));
    assertThat(measured.getDataStdError()).isPositive();
    assertThat(measured.getNEvaluations()).isBetween(6L, 300L);
    Measurement frobenius = TinyStudy.only(result, operator + "_frobenius_norm");
    assertThat(frobenius.getValue()).isCloseTo(norm, within(4 * frobenius.getStdError()));
    Measurement rank = TinyStudy.only(result, operator + "_effective_rank");
    assertThat(rank.getValue())
        .isCloseTo(trace * trace / (norm * norm), within(4 * rank.getStdError()));
  }

  /** 60 labels give a matrix of rank 60 at most, whose products are of single precision. */
  @Test
  void traceOfASingularMatrix_isFoundInSpiteOfRounding() throws IOException {
    ModelRef model = regressions.get(0);
    PlainMlp regression = new PlainMlp(study.tensors(model));
    ImageSample images = CellData.of(model.getSpec(), null).subset("curvature", 0, EXAMPLES);
    double trace = 0;
    for (int n = 0; n < EXAMPLES; n++) {
      double[] residuals = regression.probabilities(PlainMlp.image(images, n));
      residuals[images.label(n)] -= 1;
      trace += squares(residuals) * squares(withBias(PlainMlp.image(images, n))) / EXAMPLES;
    }

    UnitResult result =
        measure(
            model,
            CurvatureSettings.newBuilder(SETTINGS)
                .setOperator("empirical_fisher")
                .setEigenvalues(0)
                .setLowerEigenvalues(0)
                .setRelativeError(1e-12)
                .setMeasures(List.of())
                .build());

    Measurement measured = TinyStudy.only(result, "empirical_fisher_trace");
    assertThat(measured.getNEvaluations()).isEqualTo(300);
    assertThat(measured.getValue()).isCloseTo(trace, within(1e-3 * trace));
  }

  private static double squares(double[] vector) {
    return Arrays.stream(vector).map(x -> x * x).sum();
  }
}
