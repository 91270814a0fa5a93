package dev.terrain.curvature.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.curvature.forms.ProbePlan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TestVectorGrowthTest {
  private static List<Integer> sizes(int maxProducts, int productsPerVector, int enough) {
    List<Integer> sizes = new ArrayList<>();
    new TestVectorGrowth(new ProbePlan(0.1, maxProducts, 4), productsPerVector)
        .run(
            60,
            size -> {
              sizes.add(size);
              return size >= enough ? ProbePlan.Stop.ERROR_REACHED : ProbePlan.Stop.BUDGET_SPENT;
            },
            stop -> stop);
    return sizes;
  }

  @Test
  void testVectorsAreDoubledFromTwelve() {
    assertThat(sizes(1000, 1, 30)).containsExactly(12, 24, 48);
    assertThat(sizes(1000, 1, 12)).containsExactly(12);
  }

  @Test
  void theirNumberEndsWithTheProductsOrTheDimension() {
    assertThat(sizes(41, 2, 1000)).containsExactly(12, 20);
    assertThat(sizes(5, 1, 1000)).containsExactly(5);
    assertThat(sizes(1000, 1, 1000)).containsExactly(12, 24, 48, 60);
  }

  @Test
  void fewerThanThreeTestVectorsAreRefused() {
    assertThatThrownBy(() -> new TestVectorGrowth(new ProbePlan(0.1, 8, 4), 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxProducts (8) must be at least 9");
  }
}
