package dev.terrain.stage.curvature;

import static dev.terrain.stage.curvature.CurvatureFixture.BATCHES;
import static dev.terrain.stage.curvature.CurvatureFixture.CLASSES;
import static dev.terrain.stage.curvature.CurvatureFixture.EXAMPLES;
import static dev.terrain.stage.curvature.CurvatureFixture.INPUTS;
import static dev.terrain.stage.curvature.CurvatureFixture.SETTINGS;
import static dev.terrain.stage.curvature.CurvatureFixture.classOf;
import static dev.terrain.stage.curvature.CurvatureFixture.denseHessian;
import static dev.terrain.stage.curvature.CurvatureFixture.inputOf;
import static dev.terrain.stage.curvature.CurvatureFixture.withBias;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.terrain.data.ImageSample;
import dev.terrain.random.CounterRandom;
import dev.terrain.stage.PlainMlp;
import dev.terrain.stage.TinyStudy;
import dev.terrain.stage.training.CellData;
import dev.terrain.sweep.StreamNames;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Spectrum;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of the curvature stage against closed forms. */
final class CurvatureStageTest {
  @TempDir private static Path folder;
  private static CurvatureFixture fixture;
  private static TinyStudy study;

  /** Half of Student's quantile t_5(0.97725), by which the jackknife of six batches is widened. */
  private static final double STUDENT_5 = 1.3243247153513518;

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
            STUDENT_5 * batchError(regression, images, eigen.getEigenvector(0).toArray()),
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
  void sampledFisher_isTheMeanOuterProductOfGradientsWithDrawnLabels() throws IOException {
    ModelRef model = regressions.get(0);
    PlainMlp regression = new PlainMlp(study.tensors(model));
    ImageSample images = CellData.of(model.getSpec(), null).subset("curvature", 0, EXAMPLES);
    double[][] fisher = new double[CLASSES * INPUTS][CLASSES * INPUTS];
    for (int n = 0; n < EXAMPLES; n++) {
      double[] x = withBias(PlainMlp.image(images, n));
      double[] residuals = regression.probabilities(PlainMlp.image(images, n));
      double rest =
          CounterRandom.of(StreamNames.ofModel(model.getSpec()), "fisher label", n).nextDouble();
      int label = 0;
      while (rest >= residuals[label]) {
        rest -= residuals[label++];
      }
      residuals[label] -= 1;
      for (int row = 0; row < fisher.length; row++) {
        double ofRow = residuals[classOf(row)] * x[inputOf(row)];
        for (int column = 0; column < fisher.length; column++) {
          double ofColumn = residuals[classOf(column)] * x[inputOf(column)];
          fisher[row][column] += ofRow * ofColumn / EXAMPLES;
        }
      }
    }
    RealMatrix matrix = new Array2DRowRealMatrix(fisher, false);

    UnitResult result =
        measure(
            model, CurvatureSettings.newBuilder(SETTINGS).setOperator("sampled_fisher").build());

    double top = new EigenDecompositionSymmetric(matrix).getEigenvalue(0);
    assertThat(TinyStudy.only(result, "sampled_fisher_top_eigenvalue").getValue())
        .isCloseTo(top, within(1e-4 * top));
    Measurement trace = TinyStudy.only(result, "sampled_fisher_trace");
    assertThat(trace.getValue()).isCloseTo(matrix.getTrace(), within(4 * trace.getStdError()));
    assertThat(result.getSpectra().get(0).getOperator()).isEqualTo("sampled_fisher");
  }
}
