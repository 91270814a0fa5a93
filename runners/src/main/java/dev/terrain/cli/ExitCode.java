package dev.terrain.cli;

/** How a command ended. */
final class ExitCode {
  /** Everything asked for is done. */
  static final int DONE = 0;

  /** Something went wrong that should not have. */
  static final int INTERNAL_ERROR = 1;

  /** The command line is wrong. */
  static final int USAGE = 2;

  /** The sweep, a setting or the data is wrong. */
  static final int INVALID = 3;

  /** Finished, but some units failed. */
  static final int SOME_FAILED = 4;

  /** A check did not hold, or a result was not reproduced. */
  static final int CHECK_FAILED = 5;

  /**
   * Interrupted, here or where the engine runs: the same command goes on. The code that shells give
   * to what an interrupt has ended.
   */
  static final int INTERRUPTED = 128 + 2;

  private ExitCode() {}
}
