package dev.terrain.cluster;

/**
 * How the memory of a TaskManager is divided, all in MiB.
 *
 * @param taskHeap Java heap for units: images, weights, rows
 * @param taskNative for what PyTorch allocates itself; Flink only counts it
 * @param network buffers of exchanges
 * @param managed sorting in batch jobs, state on disk in streaming ones
 */
record TaskManagerMemory(int taskHeap, int taskNative, int network, int managed) {
  /** Flink's own use of the heap, as Flink sets it. */
  static final int FRAMEWORK_HEAP = 128;

  /** Flink's own use of other memory, as Flink sets it. */
  static final int FRAMEWORK_NATIVE = 128;

  /** Classes of Beam, Flink and DJL take about 130; a job's own less than one. */
  static final int METASPACE = 256;

  /** Threads' stacks, compiled code, the collector. */
  static final int OVERHEAD = 192;

  private static final int NETWORK_BASE = 64;
  private static final int NETWORK_PER_SLOT = 64;
  private static final int MANAGED_PER_SLOT = 128;
  private static final int USUAL_PER_SLOT = 1024;
  private static final int LEAST_PER_SLOT = 256;

  static TaskManagerMemory of(int all, int slots) {
    int forUnits = all - fixed(slots);
    if (forUnits < LEAST_PER_SLOT * slots) {
      throw new IllegalArgumentException(
          "--memory (%d MiB) must be at least %d MiB with %d slots"
              .formatted(all, fixed(slots) + LEAST_PER_SLOT * slots, slots));
    }
    // A unit holds its data set and rows in the heap, its tensors outside: about as much of each.
    return new TaskManagerMemory(
        forUnits / 2,
        forUnits - forUnits / 2,
        NETWORK_BASE + NETWORK_PER_SLOT * slots,
        MANAGED_PER_SLOT * slots);
  }

  static int usual(int slots) {
    return fixed(slots) + USUAL_PER_SLOT * slots;
  }

  private static int fixed(int slots) {
    return FRAMEWORK_HEAP
        + FRAMEWORK_NATIVE
        + METASPACE
        + OVERHEAD
        + NETWORK_BASE
        + (NETWORK_PER_SLOT + MANAGED_PER_SLOT) * slots;
  }

  /** The limit of the Java heap. */
  int heap() {
    return FRAMEWORK_HEAP + taskHeap;
  }

  /** The limit of memory that Java allocates outside its heap. */
  int direct() {
    return FRAMEWORK_NATIVE + taskNative + network;
  }
}
