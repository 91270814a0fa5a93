package dev.terrain.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.terrain.data.ImageSample;
import dev.terrain.store.Safetensors;
import dev.terrain.store.TensorFile;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Spectrum;
import dev.terrain.v1.Subject;
import dev.terrain.v1.UnitResult;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CurvatureStageTest {
  private static final int CLASSES = 10;
  private static final int INPUTS = 65;
  private static final int EXAMPLES = 60;
  private static final int BATCHES = 6;

  private static final CurvatureSettings SETTINGS =
      CurvatureSettings.newBuilder()
          .setExamples(EXAMPLES)
          .setBatches(BATCHES)
          .setResidualTolerance(1e-4)
          .setRelativeError(0.04)
          .setMaxExamples(EXAMPLES)
          .build();

  @TempDir private static Path folder;
  private static TinyStudy study;
  private static List<ModelRef> regressions;

  @BeforeAll
  static void train() {
    study = new TinyStudy(folder);
    regressions = study.models(TinyStudy.spec().setDepth(0), 2);
  }

  private static UnitResult measure(ModelRef model, CurvatureSettings settings) throws IOException {
    return new CurvatureStage().compute(Units.curvature(model, settings), study.context());
  }

  /** The Hessian of softmax regression: the mean over the images of (diag p - p p') ⊗ x x'. */
  private static double[][] denseHessian(PlainMlp regression, ImageSample images) {
    double[][] hessian = new double[CLASSES * INPUTS][CLASSES * INPUTS];
    for (int n = 0; n < images.size(); n++) {
      double[] x = withBias(PlainMlp.image(images, n));
      double[] p = regression.probabilities(PlainMlp.image(images, n));
      for (int row = 0; row < hessian.length; row++) {
        for (int column = 0; column < hessian.length; column++) {
          int c = classOf(row);
          int d = classOf(column);
          double factor = (c == d ? p[c] : 0) - p[c] * p[d];
          hessian[row][column] += factor * (x[inputOf(row)] * x[inputOf(column)]) / images.size();
        }
      }
    }
    return hessian;
  }

  private static double[] withBias(double[] image) {
    double[] x = Arrays.copyOf(image, INPUTS);
    x[INPUTS - 1] = 1;
    return x;
  }

  /** θ holds the weights class by class, then the biases. */
  private static int classOf(int parameter) {
    int weights = CLASSES * (INPUTS - 1);
    return parameter < weights ? parameter / (INPUTS - 1) : parameter - weights;
  }

  private static int inputOf(int parameter) {
    return parameter < CLASSES * (INPUTS - 1) ? parameter % (INPUTS - 1) : INPUTS - 1;
  }

  @Test
  void softmaxRegression_hasTheCurvatureOfItsClosedForm() throws IOException {
    ModelRef model = regressions.get(0);
    ImageSample images = CellData.of(model.getSpec(), null).subset("curvature", 0, EXAMPLES);
    PlainMlp regression = new PlainMlp(study.tensors(model));
    RealMatrix hessian = new Array2DRowRealMatrix(denseHessian(regression, images), false);
    EigenDecompositionSymmetric eigen = new EigenDecompositionSymmetric(hessian);
    double top = eigen.getEigenvalue(0);

    UnitResult result = measure(model, SETTINGS);
    Measurement eigenvalue = TinyStudy.only(result, "hessian_top_eigenvalue");
    // Exact for the sample, which is less than half of the images.
    assertThat(eigenvalue.getStatus()).isEqualTo(MeasurementStatus.NOT_CONVERGED);
    assertThat(eigenvalue.getReason())
        .startsWith("the data error")
        .endsWith("60 of 143 training images");
    assertThat(eigenvalue.getValue()).isCloseTo(top, within(1e-5 * top));
    assertThat(eigenvalue.getResidual()).isBetween(0.0, 1e-4 * top);
    assertThat(eigenvalue.getStdError()).isNull();
    assertThat(eigenvalue.getDataBias()).isPositive();
    assertThat(eigenvalue.getDataStdError())
        .isCloseTo(
            batchError(regression, images, eigen.getEigenvector(0).toArray()),
            within(0.1 * eigenvalue.getDataStdError()));

    Measurement trace = TinyStudy.only(result, "hessian_trace");
    assertThat(trace.getStdError()).isBetween(1e-12, 0.04 * trace.getValue());
    assertThat(trace.getValue()).isCloseTo(hessian.getTrace(), within(3 * trace.getStdError()));
    double norm = hessian.getFrobeniusNorm();
    Measurement frobenius = TinyStudy.only(result, "hessian_frobenius_norm");
    assertThat(frobenius.getValue()).isCloseTo(norm, within(4 * frobenius.getStdError()));
    double rank = hessian.getTrace() * hessian.getTrace() / (norm * norm);
    Measurement effective = TinyStudy.only(result, "hessian_effective_rank");
    assertThat(effective.getValue()).isCloseTo(rank, within(4 * effective.getStdError()));
    assertThat(effective.getUnit()).isEqualTo("1");
    Measurement smallest = TinyStudy.only(result, "hessian_smallest_eigenvalue");
    assertThat(smallest.getValue()).isCloseTo(0, within(1e-4 * top));

    Spectrum spectrum = result.getSpectra().get(0);
    assertThat(spectrum.getNParameters()).isEqualTo(650);
    for (int i = 0; i < 5; i++) {
      assertThat(spectrum.getUpperEigenvalues().get(i))
          .isCloseTo(eigen.getEigenvalue(i), within(1e-4 * top));
    }
    assertThat(spectrum.getUpperEigenvalues().get(0)).isEqualTo(eigenvalue.getValue());
    assertThat(spectrum.getRitzValues()).isSorted().endsWith(eigenvalue.getValue());
    assertThat(spectrum.getWeights()).hasSameSizeAs(spectrum.getRitzValues());
    assertThat(spectrum.getResiduals()).hasSameSizeAs(spectrum.getRitzValues());
    assertThat(spectrum.getWeights().stream().mapToDouble(w -> w).sum()).isCloseTo(1, within(1e-9));
    assertThat(spectrum.getNProbes()).isEqualTo(4).isEqualTo(spectrum.getQuadratureSizes().size());
    assertThat(spectrum.getQuadratureNodes())
        .hasSameSizeAs(spectrum.getQuadratureWeights())
        .hasSize(spectrum.getQuadratureSizes().stream().mapToInt(n -> n).sum());
    assertThat(spectrum.getCdfShares()).isSorted().last().isEqualTo(1.0);
    assertThat(spectrum.getMoments().get(0))
        .isCloseTo(hessian.getTrace() / 650, within(0.2 * hessian.getTrace() / 650));
    assertThat(spectrum.getMomentError()).isLessThan(1e-4);
  }

  /** Standard error of the mean over the batches of v'H_b v, batches of ten consecutive images. */
  private static double batchError(PlainMlp regression, ImageSample images, double[] v) {
    double[] forms = new double[BATCHES];
    for (int n = 0; n < EXAMPLES; n++) {
      double[] x = withBias(PlainMlp.image(images, n));
      double[] p = regression.probabilities(PlainMlp.image(images, n));
      double[] z = new double[CLASSES];
      for (int i = 0; i < v.length; i++) {
        z[classOf(i)] += v[i] * x[inputOf(i)];
      }
      double mean = 0;
      double square = 0;
      for (int c = 0; c < CLASSES; c++) {
        mean += p[c] * z[c];
        square += p[c] * z[c] * z[c];
      }
      forms[n / (EXAMPLES / BATCHES)] += (square - mean * mean) / (EXAMPLES / BATCHES);
    }
    double mean = Arrays.stream(forms).average().orElseThrow();
    double squares = Arrays.stream(forms).map(form -> (form - mean) * (form - mean)).sum();
    return Math.sqrt(squares / (BATCHES - 1) / BATCHES);
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
            "gradient_norm",
            "gradient_noise_scale",
            "sam_sharpness",
            "asam_sharpness",
            "fisher_rao_norm",
            "relative_flatness");
    assertThat(result.getSpectra()).hasSize(1);
    for (Measurement row : result.getMeasurements()) {
      assertThat(row.getSubject()).isEqualTo(Subject.MODEL);
      assertThat(row.getModelId()).isEqualTo(model.getModelId());
      assertThat(row.getOtherModelId()).isNull();
      assertThat(row.getCellId()).isEqualTo(model.getCellId());
      assertThat(row.getVariant()).isEqualTo("default");
      assertThat(row.getNExamples()).isEqualTo(EXAMPLES);
      assertThat(row.getKey()).isEqualTo(Units.curvature(model, SETTINGS).getKey());
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
  void paperVariant_isTheStudysProcedureAndSaysSo() throws IOException {
    ModelRef model = regressions.get(0);
    CurvatureSettings settings = CurvatureSettings.newBuilder().setVariant("paper").build();
    ImageSample images = CellData.of(model.getSpec(), null).subset("curvature", 0, 200);
    RealMatrix hessian =
        new Array2DRowRealMatrix(denseHessian(new PlainMlp(study.tensors(model)), images), false);
    UnitResult result = measure(model, settings);
    assertThat(result.getSpectra()).isEmpty();
    assertThat(result.getMeasurements())
        .extracting(Measurement::getMetric)
        .containsExactly("hessian_top_eigenvalue", "hessian_trace");
    assertThat(result.getMeasurements())
        .allSatisfy(
            row -> {
              assertThat(row.getVariant()).isEqualTo("paper");
              assertThat(row.getStdError()).isNull();
              assertThat(row.getResidual()).isNull();
              assertThat(row.getNEvaluations()).isBetween(2L, 100L);
            });
    double top = new EigenDecompositionSymmetric(hessian).getEigenvalue(0);
    assertThat(TinyStudy.only(result, "hessian_top_eigenvalue").getValue())
        .isCloseTo(top, within(0.05 * top));
    assertThat(TinyStudy.only(result, "hessian_trace").getValue())
        .isCloseTo(hessian.getTrace(), within(0.5 * hessian.getTrace()));
  }

  @Test
  void otherMatrices_giveMetricsOfTheirName() throws IOException {
    CurvatureSettings settings =
        CurvatureSettings.newBuilder(SETTINGS)
            .setOperator("gauss_newton")
            .setMeasures(List.of())
            .build();
    UnitResult result = measure(regressions.get(0), settings);
    // For softmax regression the generalized Gauss-Newton matrix is the Hessian.
    assertThat(TinyStudy.only(result, "gauss_newton_top_eigenvalue").getValue())
        .isCloseTo(
            TinyStudy.only(measure(regressions.get(0), SETTINGS), "hessian_top_eigenvalue")
                .getValue(),
            withinPercentage(0.01));
    assertThat(result.getSpectra().get(0).getOperator()).isEqualTo("gauss_newton");
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
            .resolveSibling(
                "eigenvectors-" + Units.curvature(model, settings).getKey() + ".safetensors");
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
