package dev.terrain.stage.curvature;

import static dev.terrain.stage.curvature.CurvatureFixture.CLASSES;
import static dev.terrain.stage.curvature.CurvatureFixture.INPUTS;
import static dev.terrain.stage.curvature.CurvatureFixture.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.stage.TinyStudy;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Spectrum;
import dev.terrain.v1.UnitResult;
import dev.terrain.weights.Safetensors;
import dev.terrain.weights.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Curvature restricted to some of the parameters. */
final class CurvatureOfParametersTest {
  @TempDir private static Path folder;
  private static CurvatureFixture fixture;
  private static List<ModelRef> regressions;

  @BeforeAll
  static void train() {
    fixture = new CurvatureFixture(folder);
    regressions = fixture.regressions(1);
  }

  private static UnitResult measure(ModelRef model, CurvatureSettings settings) throws IOException {
    return fixture.measure(model, settings);
  }

  private static final CurvatureSettings OF_BIASES =
      CurvatureSettings.newBuilder(SETTINGS).setParameters(List.of("fc1.bias")).build();

  @Test
  void curvatureOfSomeParameters_isThatOfTheirSubmatrix() throws IOException {
    ModelRef model = regressions.get(0);
    int weights = CLASSES * (INPUTS - 1);
    RealMatrix block =
        fixture
            .hessian(model)
            .getSubMatrix(weights, weights + CLASSES - 1, weights, weights + CLASSES - 1);

    UnitResult result = measure(model, OF_BIASES);

    double top = new EigenDecompositionSymmetric(block).getEigenvalue(0);
    assertThat(TinyStudy.only(result, "hessian_top_eigenvalue").getValue())
        .isCloseTo(top, within(1e-4 * top));
    Measurement trace = TinyStudy.only(result, "hessian_trace");
    // All of R^10 is spanned, so only the products' single precision is left.
    assertThat(trace.getValue()).isCloseTo(block.getTrace(), within(1e-6 * block.getTrace()));
    assertThat(result.getSpectra().get(0).getNParameters()).isEqualTo(CLASSES);
    assertThat(result.getSpectra().get(0).getParameters()).isEqualTo("fc1.bias");
  }

  @Test
  void rowsOfSomeParameters_sayWhichAndFurtherMeasuresAreTheWholeModels() throws IOException {
    ModelRef model = regressions.get(0);
    List<String> measures = List.of("gradient_norm", "worst_case_sharpness");
    CurvatureSettings whole = CurvatureSettings.newBuilder(SETTINGS).setMeasures(measures).build();
    UnitResult ofBiases =
        measure(model, CurvatureSettings.newBuilder(OF_BIASES).setMeasures(measures).build());
    UnitResult ofModel = measure(model, whole);

    assertThat(ofBiases.getMeasurements())
        .extracting(Measurement::getMetric, Measurement::getVariant, Measurement::getParameters)
        .containsExactly(
            tuple("hessian_top_eigenvalue", "default", "fc1.bias"),
            tuple("hessian_smallest_eigenvalue", "default", "fc1.bias"),
            tuple("hessian_trace", "default", "fc1.bias"),
            tuple("hessian_frobenius_norm", "default", "fc1.bias"),
            tuple("hessian_effective_rank", "default", "fc1.bias"),
            tuple("hessian_negative_mass", "default", "fc1.bias"),
            tuple("gradient_norm", "default", null),
            tuple("worst_case_sharpness", "default", null));
    assertThat(ofModel.getMeasurements())
        .extracting(Measurement::getParameters)
        .containsOnlyNulls()
        .hasSize(9);
    assertThat(ofBiases.getMeasurements().get(6).getValue())
        .isEqualTo(ofModel.getMeasurements().get(7).getValue());
  }

  @Test
  void eigenvectorOfSomeParameters_isKeptAsTheirArraysAlone() throws IOException {
    ModelRef model = regressions.get(0);
    CurvatureSettings settings =
        CurvatureSettings.newBuilder(OF_BIASES).setKeepEigenvectors(1).build();
    Spectrum spectrum = measure(model, settings).getSpectra().get(0);
    assertThat(kept(spectrum.getEigenvectorsUri()).tensors())
        .singleElement()
        .satisfies(
            tensor -> {
              assertThat(tensor.name()).isEqualTo("0.fc1.bias");
              assertThat(tensor.shape()).containsExactly(CLASSES);
            });
  }

  @Test
  void parametersThatThereAreNot_areRefusedWithThoseThatThereAre() {
    CurvatureSettings settings =
        CurvatureSettings.newBuilder(SETTINGS).setParameters(List.of("conv1")).build();
    assertThatThrownBy(() -> measure(regressions.get(0), settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "name (conv1) must be that of a parameter array or of a layer;"
                + " arrays are [fc1.weight, fc1.bias]");
  }

  private static TensorFile kept(String uri) throws IOException {
    return Safetensors.decode(Files.readAllBytes(Path.of(uri)), uri);
  }
}
