package dev.terrain.cli;

import dev.terrain.engine.ReadyEngine;
import java.io.IOException;
import java.io.PrintWriter;

/** Tells a user who interrupts a run that nothing finished is lost. */
final class InterruptionNotice {
  private final Thread hook;

  private InterruptionNotice(Thread hook) {
    this.hook = hook;
  }

  /**
   * From now on, an interruption is told of; it ends the engine's job, unless the engine's jobs go
   * on without us.
   */
  static InterruptionNotice arm(PrintWriter out, ReadyEngine engine) {
    Thread hook =
        new Thread(
            () -> {
              cancel(out, engine);
              out.println();
              out.println(
                  engine.outlivesCommand()
                      ? "interrupted; a job that was submitted goes on, until the engine is told to cancel it"
                      : "interrupted; the same command goes on where this run was");
              out.flush();
            });
    Runtime.getRuntime().addShutdownHook(hook);
    return new InterruptionNotice(hook);
  }

  private static void cancel(PrintWriter out, ReadyEngine engine) {
    try {
      engine.cancel();
    } catch (IOException e) {
      out.println();
      out.println("the job could not be ended: " + e.getMessage());
    }
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
