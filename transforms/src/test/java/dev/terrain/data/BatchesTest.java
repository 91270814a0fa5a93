package dev.terrain.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BatchesTest {
  private static final int[] ORDER = {4, 2, 0, 1, 3};

  @Test
  void cutsAnOrderAndKeepsOrSkipsTheIncompleteBatch() {
    assertThat(Batches.shuffled(ORDER, 2, true)).isDeepEqualTo(new int[][] {{4, 2}, {0, 1}, {3}});
    assertThat(Batches.shuffled(ORDER, 2, false)).isDeepEqualTo(new int[][] {{4, 2}, {0, 1}});
    assertThat(Batches.shuffled(ORDER, 5, true)).isDeepEqualTo(new int[][] {ORDER});
    assertThat(Batches.shuffled(ORDER, 5, false)).isDeepEqualTo(new int[][] {ORDER});
    assertThat(Batches.shuffled(ORDER, 9, true)).isDeepEqualTo(new int[][] {ORDER});
  }

  @Test
  void refusesAnEpochWithoutABatch() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Batches.shuffled(ORDER, 6, false))
        .withMessageContaining("batch_size (6)")
        .withMessageContaining("(5)");
    assertThatIllegalArgumentException().isThrownBy(() -> Batches.shuffled(ORDER, 0, true));
  }

  @Test
  void splitsEvenly() {
    assertThat(Batches.split(7, 3)).isDeepEqualTo(new int[][] {{0, 1, 2}, {3, 4}, {5, 6}});
    assertThat(Batches.split(4, 2)).isDeepEqualTo(new int[][] {{0, 1}, {2, 3}});
    assertThat(Batches.split(2, 5)).isDeepEqualTo(new int[][] {{0}, {1}});
  }
}
