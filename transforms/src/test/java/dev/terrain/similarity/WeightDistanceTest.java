package dev.terrain.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WeightDistanceTest {

  @Test
  void isEuclidean() {
    assertThat(WeightDistance.euclidean(new double[] {1, 2, 3}, new double[] {3, 5, 9}))
        .isEqualTo(7);
    assertThat(WeightDistance.euclidean(new double[] {1, 2}, new double[] {1, 2})).isZero();
  }

  @Test
  void refusesModelsOfDifferentSize() {
    assertThatThrownBy(() -> WeightDistance.euclidean(new double[2], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 2 and 3");
  }
}
