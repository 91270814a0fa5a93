package dev.terrain.stage.curvature;

import static dev.terrain.stage.curvature.CurvatureFixture.EXAMPLES;
import static dev.terrain.stage.curvature.CurvatureFixture.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.stage.MeasuredUnits;
import dev.terrain.stage.TinyStudy;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Subject;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rows the curvature stage gives, and what they say of sample, budget and faults. */
final class CurvatureRowsTest {
  @TempDir private static Path folder;
  private static CurvatureFixture fixture;
  private static TinyStudy study;
  private static List<ModelRef> regressions;

  @BeforeAll
  static void train() {
    fixture = new CurvatureFixture(folder);
    study = fixture.study();
    regressions = fixture.regressions(2);
  }

  private static UnitResult measure(ModelRef model, CurvatureSettings settings) throws IOException {
    return fixture.measure(model, settings);
  }

  @Test
  void rows_sayWhatWasMeasured() throws IOException {
    ModelRef model = regressions.get(0);
    UnitResult result = measure(model, SETTINGS);
    assertThat(result.getMeasurements())
        .extracting(Measurement::getMetric)
        .containsExactly(
            "hessian_top_eigenvalue",
            "hessian_smallest_eigenvalue",
            "hessian_trace",
            "hessian_frobenius_norm",
            "hessian_effective_rank",
            "hessian_negative_mass",
            "worst_case_sharpness",
            "gradient_norm",
            "gradient_noise_scale",
            "sam_sharpness",
            "asam_sharpness",
            "fisher_rao_norm",
            "relative_flatness");
    assertThat(result.getSpectra()).hasSize(1);
    List<String> keys =
        MeasuredUnits.curvature(model, SETTINGS).stream().map(Unit::getKey).toList();
    for (Measurement row : result.getMeasurements()) {
      assertThat(row.getSubject()).isEqualTo(Subject.MODEL);
      assertThat(row.getModelId()).isEqualTo(model.getModelId());
      assertThat(row.getOtherModelId()).isNull();
      assertThat(row.getCellId()).isEqualTo(model.getCellId());
      assertThat(row.getVariant())
          .isEqualTo(row.getMetric().equals("worst_case_sharpness") ? "quadratic" : "default");
      assertThat(row.getNExamples()).isEqualTo(EXAMPLES);
      assertThat(row.getKey()).isIn(keys);
      assertThat(row.getExamplesSha256())
          .isEqualTo(result.getSpectra().get(0).getExamplesSha256())
          .matches("[0-9a-f]{64}");
    }
  }

  @Test
  void models_areMeasuredOnTheSameImages() throws IOException {
    String first = measure(regressions.get(0), SETTINGS).getSpectra().get(0).getExamplesSha256();
    String second = measure(regressions.get(1), SETTINGS).getSpectra().get(0).getExamplesSha256();
    assertThat(second).isEqualTo(first);
  }

  @Test
  void moreImagesThanThereAre_meansAllOfThem() throws IOException {
    CurvatureSettings settings = CurvatureSettings.newBuilder(SETTINGS).setExamples(1000).build();
    assertThat(measure(regressions.get(0), settings).getMeasurements())
        .extracting(Measurement::getNExamples)
        .containsOnly((long) TinyStudy.TRAINING_IMAGES);
  }

  @Test
  void budgetThatIsTooSmall_isSaidInStatusAndReason() throws IOException {
    CurvatureSettings settings =
        CurvatureSettings.newBuilder(SETTINGS)
            .setMaxProducts(10)
            .setMeasures(List.of())
            .setRelativeError(1e-6)
            .build();
    UnitResult result = measure(regressions.get(0), settings);
    for (String metric : List.of("hessian_top_eigenvalue", "hessian_trace")) {
      Measurement row = TinyStudy.only(result, metric);
      assertThat(row.getStatus()).isEqualTo(MeasurementStatus.NOT_CONVERGED);
      assertThat(row.getReason()).matches(".* after \\d+ products; the data error .*");
      assertThat(row.getNEvaluations()).isEqualTo(10);
      assertThat(row.getValue()).isPositive();
    }
  }

  @Test
  void growingSample_isCountedInExamplesAndProducts() throws IOException {
    CurvatureSettings settings =
        CurvatureSettings.newBuilder(SETTINGS)
            .setMaxExamples(4000)
            .setRelativeError(0.02)
            .setMaxProducts(3000)
            .setMeasures(List.of("gradient_norm"))
            .build();
    UnitResult result = measure(regressions.get(0), settings);
    Measurement trace = TinyStudy.only(result, "hessian_trace");
    assertThat(trace.getNExamples()).isEqualTo(TinyStudy.TRAINING_IMAGES);
    assertThat(trace.getNEvaluations()).isGreaterThan(result.getSpectra().get(0).getNEvaluations());
    assertThat(TinyStudy.only(result, "gradient_norm").getNExamples())
        .isEqualTo(TinyStudy.TRAINING_IMAGES);
  }

  @Test
  void convolutionalNetwork_isMeasuredToo() throws IOException {
    ModelRef model = study.models(TinyStudy.spec().setArchitecture("cnn").setWidth(2), 1).get(0);
    UnitResult result =
        measure(model, CurvatureSettings.newBuilder(SETTINGS).setRelativeError(0.2).build());
    assertThat(TinyStudy.only(result, "hessian_top_eigenvalue").getValue()).isPositive();
    for (String metric : List.of("hessian_top_eigenvalue", "hessian_trace", "sam_sharpness")) {
      assertThat(TinyStudy.only(result, metric).getStatus()).isEqualTo(MeasurementStatus.OK);
    }
    assertThat(result.getSpectra().get(0).getNParameters())
        .isEqualTo(2 * 9 + 2 * 2 + 4 * 2 * 9 + 2 * 4 + 10 * 16 + 10);
  }

  @Test
  void missingCheckpoint_saysWhatToDo() throws IOException {
    ModelRef model = study.models(TinyStudy.spec().setWidth(4), 1).get(0);
    Path file = study.checkpoint(model.getModelId());
    Files.delete(file);
    assertThatThrownBy(() -> measure(model, SETTINGS))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("restore the file");
  }
}
