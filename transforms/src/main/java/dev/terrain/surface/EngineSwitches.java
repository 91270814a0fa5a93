package dev.terrain.surface;

/** What can be turned in the engine's native library, for the whole process. */
interface EngineSwitches {
  /** Whether convolutions go through oneDNN. */
  boolean usesOneDnn();

  /** Lets convolutions go through oneDNN, or through PyTorch's own kernels and matrix products. */
  void useOneDnn(boolean use);

  /**
   * Lets the engine fill fresh memory with NaN, so that a kernel that reads what nobody has written
   * shows at once.
   */
  void fillFreshMemory(boolean withNaN);
}
