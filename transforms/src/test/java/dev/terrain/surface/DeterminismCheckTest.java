package dev.terrain.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.model.Network;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class DeterminismCheckTest {
  private static final RandomImages IMAGES = new RandomImages(7, 1, 4, 3, 2);
  private static final Network NETWORK = Surfaces.mlp(IMAGES, 3);
  private static final Weights WEIGHTS = Surfaces.weights(NETWORK, "determinism");

  private static LossSurface surface() {
    return new NetworkSurface(NETWORK, IMAGES, Surfaces.batches(7, 3), Precision.FLOAT32);
  }

  @Test
  void surfaceOfANetwork_agreesWithItself_forTwoGradients() {
    AtomicInteger gradients = new AtomicInteger();
    LossSurface counted =
        new ForwardingSurface(surface()) {
          @Override
          public LossGradient gradient(Weights weights, BatchListener listener) {
            gradients.incrementAndGet();
            return super.gradient(weights, listener);
          }
        };

    DeterminismCheck.require(counted, WEIGHTS, "model a");

    assertThat(gradients).hasValue(DeterminismCheck.GRADIENTS);
  }

  @Test
  void lastBitOfOneComponent_isNamed() {
    assertThatThrownBy(
            () ->
                DeterminismCheck.require(new UnsteadySurface(surface(), false), WEIGHTS, "model a"))
        .isInstanceOf(EngineFaultException.class)
        .hasMessageStartingWith(
            "engine fault: component 5 of the gradient of model a, taken twice over the same images:"
                + " it was ");
  }

  @Test
  void lastBitOfOneBatch_isNamed() {
    assertThatThrownBy(
            () ->
                DeterminismCheck.require(new UnsteadySurface(surface(), true), WEIGHTS, "model a"))
        .isInstanceOf(EngineFaultException.class)
        .hasMessageContaining("the gradient of batch 2 of 3 of model a");
  }
}
