package dev.terrain.curvature.sharpness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.curvature.operator.MatrixOperator;
import dev.terrain.curvature.operator.SingleBatch;
import dev.terrain.curvature.panel.CurvaturePanel;
import dev.terrain.surface.ParameterSubset;
import dev.terrain.surface.QuadraticSurface;
import dev.terrain.surface.Weights;
import dev.terrain.v1.CurvatureSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PointMeasuresTest {
  private static final double RHO = 0.05;

  private static PointMeasures at(double x, double y) {
    return new PointMeasures(
        QuadraticSurface.of(MatrixOperator.diagonal(4, -1).rows()),
        new Weights(new double[] {x, y}, new double[0]),
        OutputCurvature.SOFTMAX,
        ParameterSubset.whole(2),
        ParameterSubset.whole(2),
        "model");
  }

  @Test
  void theQuadraticModelOfAQuadraticLossIsTheLoss() {
    CurvaturePanel panel =
        CurvaturePanel.measure(
            new SingleBatch(MatrixOperator.diagonal(4, -1)),
            CurvatureSettings.newBuilder().build(),
            100,
            "model");

    List<PointMeasures.Named> measures =
        at(0.3, 0).measure(List.of("worst_case_sharpness"), panel.krylov().pairs());

    // Along e_1: 4 · 0.3 ρ + ½ 4 ρ².
    double increase = 1.2 * RHO + 2 * RHO * RHO;
    assertThat(measures)
        .extracting(PointMeasures.Named::variant)
        .containsExactly("default", "quadratic");
    assertThat(measures)
        .allSatisfy(named -> assertThat(named.measure().value()).isCloseTo(increase, within(1e-9)));
  }

  @Test
  void measuresComeInTheOrderAskedFor() {
    List<PointMeasures.Named> measures =
        at(0.3, 0.4).measure(List.of("sam_sharpness", "gradient_norm"), List.of());

    assertThat(measures)
        .extracting(PointMeasures.Named::name)
        .containsExactly("sam_sharpness", "gradient_norm");
    // ∇L = (1.2, -0.4).
    assertThat(measures.get(1).measure().value()).isCloseTo(Math.hypot(1.2, 0.4), within(1e-12));
  }

  @Test
  void anUnknownNameIsRefused() {
    assertThatThrownBy(() -> at(1, 1).measure(List.of("flatness"), List.of()))
        .hasMessage("'flatness' is no measure of a point");
  }
}
