package dev.terrain.stage.curvature;

import static dev.terrain.stage.curvature.CurvatureFixture.EXAMPLES;
import static dev.terrain.stage.curvature.CurvatureFixture.SETTINGS;
import static dev.terrain.stage.curvature.CurvatureFixture.denseHessian;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.data.ImageSample;
import dev.terrain.stage.MeasuredUnits;
import dev.terrain.stage.PlainMlp;
import dev.terrain.stage.TinyStudy;
import dev.terrain.stage.training.CellData;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Spectrum;
import dev.terrain.v1.UnitResult;
import dev.terrain.weights.Safetensors;
import dev.terrain.weights.Tensor;
import dev.terrain.weights.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stored beside the model. */
final class KeptVectorsTest {
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

  @Test
  void diagonal_isKeptOnRequestAndItsLargestEntryMeasured() throws IOException {
    ModelRef model = regressions.get(0);
    RealMatrix hessian = fixture.hessian(model);
    CurvatureSettings settings =
        CurvatureSettings.newBuilder(SETTINGS)
            .setDiagonalProducts(400)
            .setMeasures(List.of())
            .build();

    UnitResult result = measure(model, settings);

    Measurement row = TinyStudy.only(result, "hessian_largest_diagonal_entry");
    assertThat(row.getStatus()).isEqualTo(MeasurementStatus.OK);
    assertThat(row.getUnit()).isEqualTo("nats");
    assertThat(row.getNEvaluations()).isBetween(6L, 400L);
    assertThat(row.getValuesUri())
        .endsWith("diagonal-" + key(model, settings, "diagonal") + ".safetensors");
    TensorFile stored = kept(row.getValuesUri());
    assertThat(stored.dataSha256()).isEqualTo(row.getValuesSha256());
    assertThat(stored.tensors()).extracting(Tensor::name).containsExactly("fc1.weight", "fc1.bias");
    int next = 0;
    double largest = 0;
    for (Tensor tensor : stored.tensors()) {
      for (float entry : tensor.values()) {
        double expected = hessian.getEntry(next, next++);
        assertThat((double) entry).isCloseTo(expected, within(6 * row.getStdError() + 1e-7));
        largest = Math.max(largest, expected);
      }
    }
    assertThat(next).isEqualTo(hessian.getRowDimension());
    assertThat(row.getValue()).isCloseTo(largest, within(4 * row.getStdError()));
    assertThat(row.getStdError()).isLessThan(0.5 * largest);
  }

  private static String key(ModelRef model, CurvatureSettings settings, String part) {
    return MeasuredUnits.curvature(model, settings, part).getKey();
  }

  @Test
  void eigenvectors_areKeptOnRequest() throws IOException {
    ModelRef model = regressions.get(0);
    CurvatureSettings settings =
        CurvatureSettings.newBuilder(SETTINGS).setKeepEigenvectors(1).build();
    UnitResult result = measure(model, settings);
    Spectrum spectrum = result.getSpectra().get(0);
    Path file =
        study
            .checkpoint(model.getModelId())
            .resolveSibling("eigenvectors-" + key(model, settings, "spectrum") + ".safetensors");
    assertThat(spectrum.getEigenvectorsUri()).endsWith(file.getFileName().toString());
    TensorFile stored = Safetensors.decode(Files.readAllBytes(file), file.toString());
    assertThat(stored.dataSha256()).isEqualTo(spectrum.getEigenvectorsSha256());
    double[] u =
        stored.tensors().stream()
            .flatMapToDouble(
                tensor ->
                    IntStream.range(0, tensor.values().length).mapToDouble(i -> tensor.values()[i]))
            .toArray();
    ImageSample images = CellData.of(model.getSpec(), null).subset("curvature", 0, EXAMPLES);
    RealMatrix hessian =
        new Array2DRowRealMatrix(denseHessian(new PlainMlp(study.tensors(model)), images), false);
    double top = spectrum.getUpperEigenvalues().get(0);
    double[] image = hessian.operate(u);
    for (int i = 0; i < u.length; i++) {
      assertThat(image[i]).isCloseTo(top * u[i], within(2e-4 * top));
    }
    assertThat(stored.tensors().get(0).name()).startsWith("0.");
  }

  private static TensorFile kept(String uri) throws IOException {
    return Safetensors.decode(Files.readAllBytes(Path.of(uri)), uri);
  }
}
