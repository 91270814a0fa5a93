package dev.terrain.curvature.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.curvature.forms.ProbePlan;
import dev.terrain.v1.CurvatureSettings;
import org.junit.jupiter.api.Test;

/** 1 MiB holds 131,072 numbers. */
final class TestVectorRoomTest {
  private static final CurvatureSettings ONE_MIB =
      CurvatureSettings.newBuilder().setMaxMemoryMib(1).setBlockSize(4).build();

  @Test
  void whereThereIsRoomTheProductsAreTheLimit() {
    TestVectorRoom room = TestVectorRoom.of(ONE_MIB, 30, 2, 100);

    assertThat(room.plan()).isEqualTo(new ProbePlan(0.05, 30, 4));
    assertThat(room.limit(30)).isEqualTo("30 products");
  }

  @Test
  void threeVectorsATestVectorAndOneBlockAreHeld() {
    // 43 vectors: less the block and its products 35, which is 11 test vectors.
    TestVectorRoom room = TestVectorRoom.of(ONE_MIB, 300, 2, 3000);

    assertThat(room.plan()).isEqualTo(new ProbePlan(0.05, 22, 4));
    assertThat(room.limit(22)).isEqualTo("22 products, for which max_memory_mib has room");
  }

  @Test
  void aSmallerBlockLeavesRoomForThreeTestVectors() {
    // 13 vectors: 9, and a block of two with its products.
    assertThat(TestVectorRoom.of(ONE_MIB, 300, 1, 10_000).plan())
        .isEqualTo(new ProbePlan(0.05, 3, 2));
  }

  @Test
  void tooLittleMemoryIsRefusedByName() {
    assertThatThrownBy(() -> TestVectorRoom.of(ONE_MIB, 300, 1, 12_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "max_memory_mib (1) must be at least 2 for three test vectors of 12000 parameters");
  }
}
