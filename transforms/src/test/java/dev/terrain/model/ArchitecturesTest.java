package dev.terrain.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.terrain.registry.Registry;
import dev.terrain.v1.ModelSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitecturesTest {
  private static final ImageShape CIFAR = new ImageShape(3, 32, 32, 10);
  private static final ImageShape DIGITS = new ImageShape(1, 8, 8, 10);

  @Test
  void aPerceptron_multipliesOnceForEachWeight() {
    ModelSpec spec =
        ModelSpec.newBuilder().setArchitecture("mlp").setHiddenWidths(List.of(5, 3)).build();
    int biases = 5 + 3 + 10;

    assertThat(multiplyAdds(spec, DIGITS)).isEqualTo(Network.of(spec, DIGITS).dimension() - biases);
  }

  @Test
  void resNet18_hasTheMultiplyAddsOfTheLiterature() {
    // 0.56 billion for the version for CIFAR-10 of width 64.
    assertThat(multiplyAdds(spec("resnet18", 64), CIFAR)).isEqualTo(555_422_720L);
  }

  @Test
  void convolutions_multiplyOnceForEachWeightAndPosition() {
    // 8x8 positions of 9 weights to each of 2 channels, 4x4 of 18 to 4, then 16 inputs to 10.
    assertThat(multiplyAdds(spec("cnn", 2), DIGITS)).isEqualTo(64 * 9 * 2 + 16 * 18 * 4 + 16 * 10);
  }

  @Test
  void anUnknownArchitecture_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Architectures.of(spec("transformer", 2)))
        .withMessage(
            "architecture (transformer) must be one of mlp, cnn, resnet18, one-dimensional");
  }

  private static long multiplyAdds(ModelSpec spec, ImageShape shape) {
    return Architectures.of(spec).multiplyAdds(spec, shape);
  }

  /**
   * Whatever decides the names and shapes of a network's arrays is a part of its identity; so is
   * what decides its function alone, the width of the one parameter's landscape.
   */
  @ParameterizedTest
  @MethodSource("architecturesAndSettings")
  void anIdentity_changesWithTheArraysAndWithNothingElse(
      Architecture architecture, Schema.Field setting) {
    ModelSpec spec =
        ModelSpec.newBuilder().setArchitecture(architecture.name()).setWidth(2).setDepth(1).build();
    ModelSpec changed = ModelSpec.newBuilder(spec).build();
    changed.put(setting.pos(), other(spec.get(setting.pos())));

    boolean landscape =
        architecture.name().equals("one-dimensional") && setting.name().equals("width");
    assertThat(architecture.identity(changed).equals(architecture.identity(spec)))
        .isEqualTo(!landscape && arrays(architecture, changed).equals(arrays(architecture, spec)));
  }

  private static Stream<Arguments> architecturesAndSettings() {
    return Architectures.ALL.all().stream()
        .flatMap(
            architecture ->
                ModelSpec.getClassSchema().getFields().stream()
                    .map(setting -> Arguments.of(architecture, setting)));
  }

  private static Object other(Object value) {
    if (value instanceof Integer number) {
      return number + 1;
    } else if (value instanceof Long number) {
      return number + 1;
    } else if (value instanceof Double number) {
      return number / 2 + 0.1;
    }
    return value instanceof String text ? text + "-2" : List.of(4, 4, 4);
  }

  private static List<String> arrays(Architecture architecture, ModelSpec spec) {
    ImageShape shape =
        architecture.name().equals("one-dimensional") ? new ImageShape(1, 1, 5, 10) : DIGITS;
    return architecture.network(spec, shape).parameters().stream()
        .map(slot -> slot.name() + Arrays.toString(slot.lengths()))
        .toList();
  }

  @Test
  void oneMoreArchitecture_isOneClass() {
    Registry<Architecture> all = Architectures.ALL.with(new SoftmaxRegression());
    ModelSpec spec = spec("softmax-regression", 64);
    Architecture added = all.named("softmax-regression");

    assertThat(added.network(spec, DIGITS).dimension()).isEqualTo(64 * 10 + 10);
    assertThat(added.identity(spec)).isEqualTo(added.identity(spec("softmax-regression", 2)));
    assertThat(all.names())
        .containsExactly("mlp", "cnn", "resnet18", "one-dimensional", "softmax-regression");
  }

  private static ModelSpec spec(String architecture, int width) {
    return ModelSpec.newBuilder().setArchitecture(architecture).setWidth(width).build();
  }
}
