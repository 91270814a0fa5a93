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

  @Test
  void vectorOfAnotherLength_isRefusedByEveryOperator() {
    assertThatThrownBy(
            () -> MatrixOperator.diagonal(1, 2, 3).apply(new double[][] {{1, 2, 3}, {4}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("vector 1 of 2 has the length 1; it must be the operator's dimension, 3");
    assertThatThrownBy(() -> MatrixOperator.diagonal(1, 2).apply(new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("vector 0 of 1 has the length 3; it must be the operator's dimension, 2");
  }

  /** Gives {@code count} products of one length. */
  private record Careless(int count, int length) implements LinearOperator {
    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public double[][] multiply(double[][] block, BatchListener listener) {
      return new double[count][length];
    }
  }

  @Test
  void productsThatDoNotFit_areTheOperatorsFault() {
    assertThatThrownBy(() -> new Careless(2, 2).apply(new double[2]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Careless gave 2 products for 1 vectors");
    assertThatThrownBy(() -> new Careless(1, 3).apply(new double[2]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Careless gave a product of the length 3 for vector 0 of 1; it must be the dimension, 2");
  }
}
