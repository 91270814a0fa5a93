package dev.terrain.run;

import java.io.IOException;

/** Says that a job was cancelled where it ran, by somebody else than the command that waits. */
public final class JobCancelledException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * An exception for a job.
   *
   * @param job what the user calls it, and where it ran
   * @param cause how the command came to know; null if the engine told it
   */
  public JobCancelledException(String job, Throwable cause) {
    super(job + " was cancelled there; the same command goes on where it was", cause);
  }
}
