package dev.terrain.cli;

import java.io.PrintWriter;

/** Tells a user who interrupts a run that nothing finished is lost. */
final class InterruptionNotice {
  private final Thread hook;

  private InterruptionNotice(Thread hook) {
    this.hook = hook;
  }

  /**
   * Gives the notice when this process is ended.
   *
   * @param jobGoesOn whether the engine does not end with this process
   */
  static InterruptionNotice arm(PrintWriter out, boolean jobGoesOn) {
    Thread hook =
        new Thread(
            () -> {
              out.println();
              out.println(
                  jobGoesOn
                      ? "interrupted; a job that was submitted goes on, until the engine is told to cancel it"
                      : "interrupted; the same command goes on where this run was");
              out.flush();
            });
    Runtime.getRuntime().addShutdownHook(hook);
    return new InterruptionNotice(hook);
  }

  void disarm() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // Interrupted meanwhile: the notice is being given.
      return;
    }
  }
}
