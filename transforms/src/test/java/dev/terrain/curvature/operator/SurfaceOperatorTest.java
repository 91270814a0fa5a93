package dev.terrain.curvature.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.QuadraticSurface;
import dev.terrain.surface.Weights;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SurfaceOperatorTest {
  @Test
  void product_countsEveryVectorOfABlock_andIsRefusedIfNotFinite() {
    SurfaceOperator operator =
        new SurfaceOperator(
            QuadraticSurface.of(MatrixOperator.diagonal(1, Double.NaN).rows()),
            CurvatureMatrix.hessian(),
            new Weights(new double[2], new double[0]));
    assertThatThrownBy(() -> operator.apply(new double[] {0, 1}))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("is NaN; it must be finite");
    SurfaceOperator counted =
        new SurfaceOperator(
            QuadraticSurface.of(MatrixOperator.diagonal(1, 2).rows()),
            CurvatureMatrix.hessian(),
            new Weights(new double[2], new double[0]));
    IntStream.rangeClosed(1, 3).forEach(b -> counted.apply(new double[b][2]));
    assertThat(counted.products()).isEqualTo(6);
  }
}
