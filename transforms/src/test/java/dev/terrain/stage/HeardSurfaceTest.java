package dev.terrain.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.QuadraticSurface;
import dev.terrain.surface.Weights;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class HeardSurfaceTest {
  @Test
  void everyVectorOfABlock_isHeardAsOneProduct() {
    AtomicInteger products = new AtomicInteger();
    LossSurface surface =
        new HeardSurface(
            QuadraticSurface.of(new double[][] {{2}}),
            new StageListener() {
              @Override
              public void onHessianProduct() {
                products.incrementAndGet();
              }
            });
    Weights weights = new Weights(new double[] {1}, new double[0]);
    double[][] block = {{1}, {3}, {5}};
    double[][] result =
        surface.products(CurvatureMatrix.hessian(), weights, block, (batch, parts) -> {});
    assertThat(result).isDeepEqualTo(new double[][] {{2}, {6}, {10}});
    assertThat(surface.hessianProduct(weights, new double[] {7}).product()).containsExactly(14);
    assertThat(products).hasValue(4);
  }
}
