package dev.terrain.stage.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.sharpness.ScalarMeasure;
import dev.terrain.data.ImageSample;
import dev.terrain.stage.MeasuredUnits;
import dev.terrain.stage.MetricInfo;
import dev.terrain.stage.PlainMlp;
import dev.terrain.stage.training.CellData;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.MeasurementStatus;
import dev.terrain.v1.ModelRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many images a measure at a point is taken on. */
final class PointMeasurementTest {
  @TempDir private Path folder;

  private Measurement gradientNorm(CurvatureFixture fixture, ModelRef model, double relativeError)
      throws IOException {
    CurvatureSettings settings =
        CurvatureSettings.newBuilder(CurvatureFixture.SETTINGS)
            .setMaxExamples(2 * CurvatureFixture.EXAMPLES + 10)
            .setRelativeError(relativeError)
            .build();
    return new CurvatureStage()
        .compute(
            MeasuredUnits.curvature(model, settings, "gradient_norm"), fixture.study().context())
        .getMeasurements()
        .get(0);
  }

  @Test
  void imagesAreDoubledUpToTheLimit_whileTheyAreTooFew() throws IOException {
    CurvatureFixture fixture = new CurvatureFixture(folder);
    ModelRef model = fixture.regressions(1).get(0);

    Measurement row = gradientNorm(fixture, model, 1e-6);

    assertThat(row.getNExamples()).isEqualTo(130);
    assertThat(row.getNEvaluations()).as("gradients over 60, 120 and 130 images").isEqualTo(3);
    assertThat(row.getStatus()).isEqualTo(MeasurementStatus.NOT_CONVERGED);
    assertThat(row.getReason()).matches("the data error .* with 130 of 143 training images");
    assertThat(row.getValue())
        .isCloseTo(norm(fixture, model, (int) row.getNExamples()), within(1e-5 * row.getValue()));
  }

  @Test
  void noneAreAdded_whereTheyAreEnough() throws IOException {
    CurvatureFixture fixture = new CurvatureFixture(folder);
    ModelRef model = fixture.regressions(1).get(0);

    Measurement row = gradientNorm(fixture, model, 1);

    assertThat(row.getNExamples()).isEqualTo(60);
    assertThat(row.getNEvaluations()).isEqualTo(1);
    assertThat(row.getStatus()).isEqualTo(MeasurementStatus.OK);
  }

  /** A measure that fewer than 100 images leave without a value. */
  private static final class OfAHundred implements PointMeasure {
    private static final long serialVersionUID = 1;

    @Override
    public MetricInfo metric() {
      return PointMeasures.named("gradient_norm").metric();
    }

    @Override
    public ScalarMeasure at(MeasuredPoint point) {
      ScalarMeasure.Cost cost = new ScalarMeasure.Cost(0, 1, 0);
      int images = Arrays.stream(point.surface().batchSizes()).sum();
      return images < 100
          ? ScalarMeasure.undefined("too few", cost)
          : ScalarMeasure.of(images, null, null, cost);
    }

    @Override
    public double gradients() {
      return 1;
    }
  }

  @Test
  void imagesAreDoubledToo_whileThereIsNoValue() throws IOException {
    CurvatureFixture fixture = new CurvatureFixture(folder);
    ModelRef model = fixture.regressions(1).get(0);
    CurvatureSettings settings =
        CurvatureSettings.newBuilder(CurvatureFixture.SETTINGS).setMaxExamples(130).build();

    Measurement row =
        new CurvatureStage(List.of(new OfAHundred()))
            .compute(
                MeasuredUnits.curvature(model, settings, "gradient_norm"),
                fixture.study().context())
            .getMeasurements()
            .get(0);

    assertThat(row.getValue()).isEqualTo(120);
    assertThat(row.getNExamples()).isEqualTo(120);
    assertThat(row.getNEvaluations()).as("over 60 and 120 images").isEqualTo(2);
  }

  /** ‖mean (p - e_y) x'‖ of softmax regression, in float64. */
  private static double norm(CurvatureFixture fixture, ModelRef model, int examples)
      throws IOException {
    ImageSample images = CellData.of(model.getSpec(), null).subset("curvature", 0, examples);
    PlainMlp regression = new PlainMlp(fixture.study().tensors(model));
    double[] gradient = new double[CurvatureFixture.CLASSES * CurvatureFixture.INPUTS];
    for (int n = 0; n < examples; n++) {
      double[] image = PlainMlp.image(images, n);
      double[] x = CurvatureFixture.withBias(image);
      double[] p = regression.probabilities(image);
      for (int i = 0; i < gradient.length; i++) {
        int c = CurvatureFixture.classOf(i);
        double residual = p[c] - (images.label(n) == c ? 1 : 0);
        gradient[i] += residual * x[CurvatureFixture.inputOf(i)] / examples;
      }
    }
    double sum = 0;
    for (double component : gradient) {
      sum += component * component;
    }
    return Math.sqrt(sum);
  }
}
