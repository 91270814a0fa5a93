package dev.terrain.stage.curvature;

import static dev.terrain.stage.curvature.CurvatureFixture.CLASSES;
import static dev.terrain.stage.curvature.CurvatureFixture.EXAMPLES;
import static dev.terrain.stage.curvature.CurvatureFixture.INPUTS;
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
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The squared error of a linear layer has the Hessian 2 I ⊗ M, M the mean of xx' over images. */
final class SquaredErrorTest {
  private static final CurvatureSettings OF_SQUARED_ERROR =
      CurvatureSettings.newBuilder(SETTINGS)
          .setLoss("squared_error")
          .setMeasures(List.of("relative_flatness"))
          .build();

  @TempDir private static Path folder;
  private static CurvatureFixture fixture;
  private static ModelRef regression;
  private static UnitResult result;
  private static double[][] inputs;
  private static float[] weight;

  @BeforeAll
  static void measure() throws IOException {
    fixture = new CurvatureFixture(folder);
    regression = fixture.regressions(1).get(0);
    result = fixture.measure(regression, OF_SQUARED_ERROR);
    ImageSample images = CellData.of(regression.getSpec(), null).subset("curvature", 0, EXAMPLES);
    inputs = new double[EXAMPLES][];
    for (int n = 0; n < EXAMPLES; n++) {
      inputs[n] = withBias(PlainMlp.image(images, n));
    }
    weight = fixture.study().tensors(regression).get(0).values();
  }

  private static Array2DRowRealMatrix moments() {
    double[][] moments = new double[INPUTS][INPUTS];
    for (double[] x : inputs) {
      for (int i = 0; i < INPUTS; i++) {
        for (int j = 0; j < INPUTS; j++) {
          moments[i][j] += x[i] * x[j] / EXAMPLES;
        }
      }
    }
    return new Array2DRowRealMatrix(moments, false);
  }

  @Test
  void curvature_isTwiceTheMomentsOfTheInputsForEachOutput() {
    double top = 2 * new EigenDecompositionSymmetric(moments()).getEigenvalue(0);
    double trace = 2 * CLASSES * moments().getTrace();
    Measurement eigenvalue = TinyStudy.only(result, "hessian_top_eigenvalue");
    assertThat(eigenvalue.getValue()).isCloseTo(top, within(1e-4 * top));
    Measurement measured = TinyStudy.only(result, "hessian_trace");
    assertThat(measured.getValue()).isCloseTo(trace, within(4 * measured.getStdError()));
  }

  @Test
  void relativeFlatness_isTwiceTheMeanSquareOfTheInputsTimesThatOfTheWeights() {
    double squares = 0;
    for (double[] x : inputs) {
      for (int i = 0; i < INPUTS - 1; i++) {
        squares += x[i] * x[i] / EXAMPLES;
      }
    }
    double ofWeights = 0;
    for (float w : weight) {
      ofWeights += (double) w * w;
    }
    double expected = 2 * squares * ofWeights;
    assertThat(TinyStudy.only(result, "relative_flatness").getValue())
        .isCloseTo(expected, within(1e-5 * expected));
  }

  @Test
  void rows_nameTheLossAsTheirVariantAndAreNotInNats() throws IOException {
    CurvatureSettings settings =
        CurvatureSettings.newBuilder(OF_SQUARED_ERROR)
            .setMeasures(List.of("worst_case_sharpness"))
            .build();
    List<Measurement> rows = fixture.measure(regression, settings).getMeasurements();
    assertThat(rows)
        .extracting(Measurement::getVariant)
        .containsOnly("squared_error", "squared_error quadratic");
    assertThat(rows).extracting(Measurement::getUnit).containsOnly("1");
    assertThat(result.getSpectra().get(0).getLoss()).isEqualTo("squared_error");
  }
}
