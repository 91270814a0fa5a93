package dev.terrain.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.model.Network;
import dev.terrain.model.ParameterSlot;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ParameterSubsetTest {
  private static final RandomImages IMAGES = new RandomImages(3, 1, 8, 4, 1);
  // conv1 18, bn1 2+2, conv2 72, bn2 4+4, fc 4x16+4.
  private static final Network CNN = Surfaces.network(Surfaces.spec("cnn", 2).build(), IMAGES);

  private static double[] counting(int length) {
    return IntStream.range(0, length).asDoubleStream().toArray();
  }

  @Test
  void named_selectsArraysByTheirNamesInTheOrderOfTheta() {
    ParameterSubset subset = ParameterSubset.named(CNN, "bn2", "bn1.bias", "bn2.weight");
    assertThat(subset.restrict(counting(170)))
        .containsExactly(20, 21, 94, 95, 96, 97, 98, 99, 100, 101);
    assertThat(subset.size()).isEqualTo(10);
  }

  @Test
  void extend_putsTheComponentsBackWithZerosElsewhere() {
    ParameterSubset subset = ParameterSubset.named(CNN, "bn1.weight");
    double[] vector = subset.extend(new double[] {5, 7});
    assertThat(vector).hasSize(170);
    assertThat(vector[18]).isEqualTo(5);
    assertThat(vector[19]).isEqualTo(7);
    assertThat(IntStream.range(0, 170).filter(i -> vector[i] != 0).count()).isEqualTo(2);
  }

  @Test
  void layers_coverEveryComponentOnce() {
    double[] sum = new double[170];
    for (ParameterSubset layer : ParameterSubset.layers(CNN)) {
      double[] part = layer.extend(layer.restrict(counting(170)));
      for (int i = 0; i < sum.length; i++) {
        sum[i] += part[i];
      }
    }
    assertThat(sum).isEqualTo(counting(170));
    assertThat(ParameterSubset.layers(CNN).stream().map(ParameterSubset::name))
        .containsExactly("conv1", "bn1", "conv2", "bn2", "fc");
    assertThat(ParameterSubset.whole(170).restrict(counting(170))).isEqualTo(counting(170));
  }

  @Test
  void contains_tellsTheArraysOfTheSubsetFromTheOthers() {
    ParameterSubset subset = ParameterSubset.named(CNN, "bn2", "conv1");
    assertThat(CNN.parameters().stream().filter(subset::contains).map(ParameterSlot::name))
        .containsExactly("conv1.weight", "bn2.weight", "bn2.bias");
    assertThat(CNN.parameters()).allMatch(ParameterSubset.whole(170)::contains);
  }

  @Test
  void unknownName_isRefusedWithTheNamesThereAre() {
    assertThatThrownBy(() -> ParameterSubset.named(CNN, "conv"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name (conv)")
        .hasMessageContaining("conv1.weight");
    assertThatThrownBy(() -> ParameterSubset.named(CNN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one");
  }
}
