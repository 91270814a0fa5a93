package dev.terrain.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.terrain.model.ImageShape;
import dev.terrain.model.Network;
import dev.terrain.store.ObjectStores;
import dev.terrain.surface.Weights;
import dev.terrain.v1.ModelSpec;
import dev.terrain.weights.Checkpoint;
import dev.terrain.weights.Checkpoints;
import dev.terrain.weights.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkTensorsTest {
  private static final ImageShape DIGITS = new ImageShape(1, 8, 8, 10);

  private static ModelSpec spec(String architecture) {
    return TinyStudy.spec().setArchitecture(architecture).setWidth(2).setDepth(2).build();
  }

  private static Network network(String architecture) {
    return Network.of(spec(architecture), DIGITS);
  }

  /** 1, 2, 3, … so that no element can be taken for another. */
  private static float[] count(int length, float first) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = first + i;
    }
    return values;
  }

  private static List<Tensor> tensors(Network network) {
    return NetworkTensors.of(
        network, count(network.dimension(), 1), count(network.statisticsSize(), 500_000));
  }

  private static List<String> shapes(List<Tensor> tensors) {
    return tensors.stream().map(t -> t.name() + " " + Arrays.toString(t.shape())).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "cnn", "resnet18"})
  void weights_returnFromACheckpoint(String architecture, @TempDir Path folder) throws IOException {
    Network network = network(architecture);
    Checkpoints checkpoints = new Checkpoints(ObjectStores.open(folder.toString()));
    checkpoints.save(spec(architecture), "model", tensors(network));
    Weights weights = NetworkTensors.weights(network, checkpoints.load("model"));
    assertThat(weights.theta()).hasSize(network.dimension());
    assertThat(weights.statistics()).hasSize(network.statisticsSize());
    for (int i = 0; i < weights.theta().length; i++) {
      assertThat(weights.theta()[i]).isEqualTo(1.0 + i);
    }
    for (int i = 0; i < weights.statistics().length; i++) {
      assertThat(weights.statistics()[i]).isEqualTo(500_000.0 + i);
    }
  }

  @Test
  void perceptron_hasPyTorchsNamesAndShapes() {
    List<Tensor> tensors = tensors(network("mlp"));
    assertThat(shapes(tensors))
        .containsExactly(
            "fc1.weight [2, 64]",
            "fc1.bias [2]",
            "fc2.weight [2, 2]",
            "fc2.bias [2]",
            "fc3.weight [10, 2]",
            "fc3.bias [10]");
    assertThat(tensors.get(1).values()).containsExactly(129, 130);
  }

  @Test
  void convolutionalNetwork_hasPyTorchsNamesAndShapesAndItsRunningStatistics() {
    assertThat(shapes(tensors(network("cnn"))))
        .containsExactlyInAnyOrder(
            "conv1.weight [2, 1, 3, 3]",
            "bn1.weight [2]",
            "bn1.bias [2]",
            "bn1.running_mean [2]",
            "bn1.running_var [2]",
            "conv2.weight [4, 2, 3, 3]",
            "bn2.weight [4]",
            "bn2.bias [4]",
            "bn2.running_mean [4]",
            "bn2.running_var [4]",
            "fc.weight [10, 16]",
            "fc.bias [10]");
  }

  @Test
  void tensorOfAnotherShape_isRefusedByName() {
    List<Tensor> tensors = new ArrayList<>(tensors(network("mlp")));
    tensors.set(2, new Tensor("fc2.weight", new int[] {4, 1}, new float[4]));
    assertRefused(tensors, "tensor fc2.weight must have shape [2, 2]; found: [4, 1]");
  }

  @Test
  void missingTensor_isRefusedByName() {
    List<Tensor> tensors = new ArrayList<>(tensors(network("mlp")));
    tensors.remove(5);
    assertRefused(tensors, "tensor fc3.bias must have shape [10]; found: nothing");
  }

  private static void assertRefused(List<Tensor> tensors, String message) {
    Checkpoint checkpoint = new Checkpoint("the-model", spec("mlp"), tensors, "");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkTensors.weights(network("mlp"), checkpoint))
        .withMessageContaining("the-model")
        .withMessageContaining(message);
  }
}
