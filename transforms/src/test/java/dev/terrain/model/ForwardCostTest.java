package dev.terrain.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.terrain.v1.ModelSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardCostTest {
  private static final ImageShape CIFAR = new ImageShape(3, 32, 32, 10);
  private static final ImageShape DIGITS = new ImageShape(1, 8, 8, 10);

  @Test
  void aPerceptron_multipliesOnceForEachWeight() {
    ModelSpec spec =
        ModelSpec.newBuilder().setArchitecture("mlp").setHiddenWidths(List.of(5, 3)).build();
    int biases = 5 + 3 + 10;

    assertThat(ForwardCost.multiplyAdds(spec, DIGITS))
        .isEqualTo(Network.of(spec, DIGITS).dimension() - biases);
  }

  @Test
  void resNet18_hasTheMultiplyAddsOfTheLiterature() {
    // 0.56 billion for the version for CIFAR-10 of width 64.
    assertThat(ForwardCost.multiplyAdds(spec("resnet18", 64), CIFAR)).isEqualTo(555_422_720L);
  }

  @Test
  void convolutions_multiplyOnceForEachWeightAndPosition() {
    // 8x8 positions of 9 weights to each of 2 channels, 4x4 of 18 to 4, then 16 inputs to 10.
    assertThat(ForwardCost.multiplyAdds(spec("cnn", 2), DIGITS))
        .isEqualTo(64 * 9 * 2 + 16 * 18 * 4 + 16 * 10);
  }

  @Test
  void anUnknownArchitecture_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ForwardCost.multiplyAdds(spec("transformer", 2), DIGITS))
        .withMessageContaining("transformer");
  }

  private static ModelSpec spec(String architecture, int width) {
    return ModelSpec.newBuilder().setArchitecture(architecture).setWidth(width).build();
  }
}
