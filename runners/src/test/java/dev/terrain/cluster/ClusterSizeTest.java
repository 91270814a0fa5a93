package dev.terrain.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterSizeTest {
  @ParameterizedTest
  @CsvSource({"1984, 1", "3200, 2", "6000, 4", "2501, 3"})
  void thePartsOfTheMemoryAreAllOfIt(int all, int slots) {
    TaskManagerMemory memory = TaskManagerMemory.of(all, slots);

    assertThat(memory.heap() + memory.direct() + memory.managed())
        .isEqualTo(all - TaskManagerMemory.METASPACE - TaskManagerMemory.OVERHEAD);
    assertThat(memory.taskHeap()).isPositive();
  }

  @Test
  void theUsualMemoryGivesUnitsOneGibibyteASlot() {
    ClusterSize size = ClusterSize.of(2, 3);

    TaskManagerMemory memory = TaskManagerMemory.of(size.memory(), 3);
    assertThat(memory.taskHeap() + memory.taskNative()).isEqualTo(3 * 1024);
  }

  @Test
  void tooLittleMemoryIsRefusedWithWhatIsNeeded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClusterSize(1, 2, 1024))
        .withMessage("--memory (1024 MiB) must be at least 1664 MiB with 2 slots");
    assertThat(new ClusterSize(1, 2, 1664).allSlots()).isEqualTo(2);
  }

  @Test
  void thereIsAtLeastOneOfEach() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClusterSize.of(0, 1))
        .withMessage("--task-managers (0) must be at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClusterSize.of(1, 0))
        .withMessage("--slots (0) must be at least 1");
  }
}
