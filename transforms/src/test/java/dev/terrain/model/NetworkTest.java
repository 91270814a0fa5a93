package dev.terrain.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.terrain.v1.ModelSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NetworkTest {
  private static final ImageShape CIFAR = new ImageShape(3, 32, 32, 10);
  private static final ImageShape DIGITS = new ImageShape(1, 8, 8, 10);

  private static Network network(String architecture, int width, ImageShape shape) {
    return Network.of(
        ModelSpec.newBuilder().setArchitecture(architecture).setWidth(width).build(), shape);
  }

  /** Counts published with the study's data. */
  @ParameterizedTest
  @CsvSource({"2, 11420", "3, 25297", "8, 176402", "16, 701466", "64, 11173962", "128, 44662922"})
  void resnet18_hasTheStudysNumberOfParameters(int width, int parameters) {
    assertThat(network("resnet18", width, CIFAR).dimension()).isEqualTo(parameters);
  }

  @Test
  void mlp_hasTheNumberOfParametersOfItsLayers() {
    assertThat(network("mlp", 16, DIGITS).dimension())
        .isEqualTo((64 + 1) * 16 + (16 + 1) * 16 + (16 + 1) * 10);
    ModelSpec pyramid =
        ModelSpec.newBuilder().setArchitecture("mlp").setHiddenWidths(List.of(7, 5, 3)).build();
    assertThat(Network.of(pyramid, DIGITS).dimension()).isEqualTo(65 * 7 + 8 * 5 + 6 * 3 + 4 * 10);
  }

  @Test
  void parameterNamesAndShapes_areThoseOfPytorch() {
    assertThat(network("cnn", 4, DIGITS).parameters())
        .extracting(slot -> slot.name() + " " + slot.shape())
        .containsExactly(
            "conv1.weight (4, 1, 3, 3)",
            "bn1.weight (4)",
            "bn1.bias (4)",
            "conv2.weight (8, 4, 3, 3)",
            "bn2.weight (8)",
            "bn2.bias (8)",
            "fc.weight (10, 32)",
            "fc.bias (10)");
    assertThat(network("resnet18", 4, CIFAR).parameters())
        .extracting(ParameterSlot::name)
        .contains("layer2.0.downsample.0.weight", "layer4.1.bn2.bias")
        .doesNotContain("layer1.0.downsample.0.weight");
    assertThat(network("cnn", 4, DIGITS).statistics())
        .extracting(ParameterSlot::name)
        .containsExactly(
            "bn1.running_mean", "bn1.running_var", "bn2.running_mean", "bn2.running_var");
  }

  @Test
  void initialParameters_areUniformWithinTheReciprocalRootOfTheInputs() {
    Network network = network("mlp", 256, DIGITS);
    float[] theta = network.initialParameters("id");
    ParameterSlot weight = network.parameters().get(2);
    assertThat(weight.name()).isEqualTo("fc2.weight");
    double bound = 1 / 16.0;
    double sum = 0;
    double squares = 0;
    for (int i = weight.offset(); i < weight.offset() + weight.size(); i++) {
      assertThat(Math.abs(theta[i])).isLessThanOrEqualTo((float) bound);
      sum += theta[i];
      squares += theta[i] * theta[i];
    }
    double mean = sum / weight.size();
    assertThat(mean).isCloseTo(0, within(5 * bound / Math.sqrt(3.0 * weight.size())));
    assertThat(squares / weight.size()).isCloseTo(bound * bound / 3, within(0.02 * bound * bound));
  }

  @Test
  void initialParameters_dependOnTheIdAlone() {
    Network network = network("cnn", 4, DIGITS);
    assertThat(network.initialParameters("a")).isEqualTo(network.initialParameters("a"));
    assertThat(network.initialParameters("a")).isNotEqualTo(network.initialParameters("b"));
  }

  @Test
  void randomControlPoint_drawsTheScalesOfBatchNormFromTheUnitInterval() {
    Network network = network("cnn", 64, DIGITS);
    float[] control = network.randomControlPoint("pair");
    ParameterSlot scale = network.parameters().get(1);
    ParameterSlot shift = network.parameters().get(2);
    double sum = 0;
    for (int i = 0; i < scale.size(); i++) {
      assertThat(control[scale.offset() + i]).isBetween(0f, 1f);
      assertThat(control[shift.offset() + i]).isZero();
      sum += control[scale.offset() + i];
    }
    assertThat(sum / 64).isCloseTo(0.5, within(0.15));
  }

  @ParameterizedTest
  @CsvSource({"8, 8, 1", "1, 1, 1", "9, 8, 2", "9, 9, 4", "28, 28, 16", "32, 32, 16", "33, 33, 25"})
  void resnet18_normalisesInItsLastStageAnEighthOfEachSide(int height, int width, int values) {
    Network network = network("resnet18", 2, new ImageShape(1, height, width, 10));
    assertThat(network.valuesPerNormalisedChannel()).hasValue(values);
  }

  @Test
  void cnn_normalisesAQuarterOfTheImageAndMlpNothing() {
    assertThat(network("cnn", 2, DIGITS).valuesPerNormalisedChannel()).hasValue(16);
    assertThat(network("mlp", 2, DIGITS).valuesPerNormalisedChannel()).isEmpty();
  }

  @Test
  void imagesTooSmallForTheCnn_areRefused() {
    assertThat(network("cnn", 2, new ImageShape(1, 4, 4, 10)).dimension()).isPositive();
    assertThatThrownBy(() -> network("cnn", 2, new ImageShape(1, 3, 8, 10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cnn needs images of at least 4x4 pixels, not 3x8");
  }

  @Test
  void unknownArchitecture_isRefusedByName() {
    assertThatThrownBy(() -> network("vgg", 4, DIGITS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("vgg");
  }
}
