package dev.terrain.surface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.model.LinearNetworks;
import dev.terrain.model.Network;
import org.junit.jupiter.api.Test;

final class SharedModuleTest {
  private static final RandomImages IMAGES = new RandomImages(6, 1, 3, 4, 3);

  private static double[] losses(int width) {
    Network network = LinearNetworks.of(9, width, 4);
    NetworkSurface surface =
        new NetworkSurface(network, IMAGES, Surfaces.batches(6, 6), Precision.FLOAT32);
    double[] theta = Surfaces.widen(network.initialParameters("model"));
    return surface.evaluate(new Weights(theta, new double[0])).losses();
  }

  @Test
  void ofManyShapes_aFewAreKept_andOneThatWasDroppedComputesTheSameAgain() {
    double[] first = losses(1);
    for (int width = 2; width < SharedModule.KEPT + 12; width++) {
      assertThat(losses(width)).hasSize(6);
    }
    assertThat(SharedModule.loaded()).isEqualTo(SharedModule.KEPT);
    assertThat(losses(1)).isEqualTo(first);
  }
}
