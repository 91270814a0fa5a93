package dev.terrain.cluster;

/**
 * How large a local cluster is.
 *
 * @param taskManagers processes that do the work, at least 1
 * @param slots units of work at a time in each of them, at least 1
 * @param memory memory of each of them, MiB; all that its process may take
 */
public record ClusterSize(int taskManagers, int slots, int memory) {
  /**
   * A size.
   *
   * @throws IllegalArgumentException if a number is less than 1, or the memory too little
   */
  public ClusterSize {
    atLeastOne("--task-managers", taskManagers);
    atLeastOne("--slots", slots);
    TaskManagerMemory.of(memory, slots);
  }

  /** A size with memory that suits models of up to some millions of parameters. */
  public static ClusterSize of(int taskManagers, int slots) {
    atLeastOne("--slots", slots);
    return new ClusterSize(taskManagers, slots, TaskManagerMemory.usual(slots));
  }

  int allSlots() {
    return taskManagers * slots;
  }

  private static void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s (%d) must be at least 1".formatted(option, value));
    }
  }

  @Override
  public String toString() {
    return "%d TaskManagers of %d slots and %d MiB".formatted(taskManagers, slots, memory);
  }
}
