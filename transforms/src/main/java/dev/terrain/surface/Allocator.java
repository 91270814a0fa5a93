package dev.terrain.surface;

/** What can be told the allocator of native memory, for the whole process. */
interface Allocator {
  /** When memory goes to and comes from the system. */
  enum Threshold {
    /** Blocks of this size and above are mapped by themselves, and unmapped once freed. */
    MAPPED(-3, "MALLOC_MMAP_THRESHOLD_", "glibc.malloc.mmap_threshold"),
    /** Free memory at an end of the heap that is given back at once. */
    TRIMMED(-1, "MALLOC_TRIM_THRESHOLD_", "glibc.malloc.trim_threshold"),
    /** What is asked for beyond what is needed, and stays when free memory is given back. */
    SPARE(-2, "MALLOC_TOP_PAD_", "glibc.malloc.top_pad");

    private final int parameter;
    private final String variable;
    private final String tunable;

    Threshold(int parameter, String variable, String tunable) {
      this.parameter = parameter;
      this.variable = variable;
      this.tunable = tunable;
    }

    /** Its number for {@code mallopt}. */
    int parameter() {
      return parameter;
    }

    /** The environment variable that sets it. */
    String variable() {
      return variable;
    }

    /** Its name in the environment variable {@code GLIBC_TUNABLES}. */
    String tunable() {
      return tunable;
    }
  }

  /** Sets a threshold; false if the allocator does not take the value. */
  boolean set(Threshold threshold, int bytes);

  /** Gives all free memory back to the system. */
  void giveBack();
}
