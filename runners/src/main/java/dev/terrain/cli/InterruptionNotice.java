package dev.terrain.cli;

import java.io.PrintWriter;

/** Tells a user who interrupts a run that nothing finished is lost. */
final class InterruptionNotice {
  private final Thread hook;

  private InterruptionNotice(Thread hook) {
    this.hook = hook;
  }

  static InterruptionNotice arm(PrintWriter out) {
    Thread hook =
        new Thread(
            () -> {
              out.println();
              out.println("interrupted; the same command goes on where this run was");
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
