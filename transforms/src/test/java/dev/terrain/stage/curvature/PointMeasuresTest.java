package dev.terrain.stage.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.operator.Eigenpair;
import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.curvature.sharpness.OutputCurvature;
import dev.terrain.curvature.sharpness.ScalarMeasure;
import dev.terrain.curvature.sharpness.WorstCaseSharpness;
import dev.terrain.model.LinearNetworks;
import dev.terrain.stage.MetricInfo;
import dev.terrain.stage.TinyStudy;
import dev.terrain.stage.standard.MetricCatalogue;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.QuadraticSurface;
import dev.terrain.surface.Weights;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.Measurement;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures at a point: those that there are, and one more. */
final class PointMeasuresTest {
  private static final double RHO = 0.05;
  private static final LossSurface SURFACE =
      QuadraticSurface.of(MatrixOperator.diagonal(4, -1).rows());

  @TempDir private Path folder;

  /** The mean loss at the point itself: all that one more measure takes, but for its name. */
  private static final class LossAtPoint implements PointMeasure {
    private static final long serialVersionUID = 1;

    @Override
    public MetricInfo metric() {
      return CurvatureMetrics.metric(
          "loss_at_point",
          "Loss at the point",
          MetricInfo.Scale.LOGARITHMIC,
          MetricInfo.Better.LOWER,
          "1 forward pass",
          MetricInfo.Variant.standard(
              "nats", MetricInfo.Range.NOT_NEGATIVE, "L(θ) over the sample of images", "own"));
    }

    @Override
    public ScalarMeasure at(MeasuredPoint point) {
      double loss = point.surface().evaluate(point.weights()).loss();
      return ScalarMeasure.of(loss, null, null, new ScalarMeasure.Cost(1, 0, 0));
    }

    @Override
    public double gradients() {
      return 0.3;
    }
  }

  @Test
  void oneMoreMeasure_isAClassAndAWordInAList() throws IOException {
    List<PointMeasure> more = new ArrayList<>(PointMeasures.STANDARD);
    more.add(new LossAtPoint());
    CurvatureStage stage = new CurvatureStage(more);
    CurvatureFixture fixture = new CurvatureFixture(folder);
    CurvatureSettings settings =
        CurvatureSettings.newBuilder(CurvatureFixture.SETTINGS)
            .setMeasures(List.of("loss_at_point", "sam_sharpness"))
            .setLoss("squared_error")
            .build();

    UnitResult result = fixture.measure(stage, fixture.regressions(1).get(0), settings);

    Measurement row = TinyStudy.only(result, "loss_at_point");
    assertThat(row.getValue()).isPositive();
    assertThat(row.getVariant()).isEqualTo("squared_error");
    assertThat(row.getUnit()).isEqualTo("1");
    assertThat(row.getNExamples()).isEqualTo(CurvatureFixture.EXAMPLES);
    assertThat(row.getNEvaluations()).isEqualTo(1);
    assertThat(TinyStudy.only(result, "sam_sharpness").getValue()).isPositive();
    MetricCatalogue catalogue = new MetricCatalogue(Map.of(stage.name(), stage.metrics()));
    assertThat(catalogue.find("loss_at_point", "squared_error")).isPresent();
  }

  @Test
  void settings_allowTheMeasuresThatThereAre() {
    assertThat(CurvatureSettings.getClassSchema().getField("measures").getObjectProp("allowed"))
        .isEqualTo(PointMeasures.STANDARD.stream().map(PointMeasure::name).toList());
  }

  @Test
  void unknownMeasure_isRefused() {
    assertThatThrownBy(() -> new CurvatureStage().measure("flatness"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("measure (flatness) must be among [gradient_norm, ");
  }

  /** The point (x, y) of the loss 2 x² - y²/2. */
  private static MeasuredPoint at(double x, double y) {
    return new MeasuredPoint(
        SURFACE,
        LinearNetworks.of(1, 1, 1),
        new Weights(new double[] {x, y}, new double[0]),
        OutputCurvature.SOFTMAX,
        "model");
  }

  private static double value(String name, MeasuredPoint point) {
    return PointMeasures.named(name).at(point).value();
  }

  @Test
  void quadraticModelOfAQuadraticLoss_isTheLoss() {
    Eigenpair upper = new Eigenpair(4, new double[] {1, 0}, 0, true);
    Eigenpair lower = new Eigenpair(-1, new double[] {0, 1}, 0, true);
    MeasuredPoint point = at(0.3, 0);

    // Along e_1: 4 · 0.3 ρ + ½ 4 ρ².
    double increase = 1.2 * RHO + 2 * RHO * RHO;
    assertThat(value("worst_case_sharpness", point)).isCloseTo(increase, within(1e-9));
    assertThat(
            WorstCaseSharpness.inBall()
                .ofQuadraticModel(point.surface(), point.weights(), List.of(lower, upper))
                .value())
        .isCloseTo(increase, within(1e-9));
  }

  @Test
  void gradientNorm_isThatOfTheGradient() {
    // ∇L = (1.2, -0.4).
    assertThat(value("gradient_norm", at(0.3, 0.4))).isCloseTo(Math.hypot(1.2, 0.4), within(1e-12));
  }
}
