package dev.terrain.cli;

import dev.terrain.engine.ReadyEngine;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells a user who interrupts a run that nothing finished is lost. The process ends soon, whatever
 * is stuck in it: once the engine's job is ended, after the time that this may take, or at once
 * with a second interruption.
 */
final class InterruptionNotice {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final PrintWriter out;
  private final ReadyEngine engine;
  private final CountDownLatch told = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupted, "interruption");

  private volatile boolean given;

  private InterruptionNotice(PrintWriter out, ReadyEngine engine) {
    this.out = out;
    this.engine = engine;
  }

  /**
   * From now on, an interruption is told of; it ends the engine's job, unless the engine's jobs go
   * on without us.
   */
  static InterruptionNotice arm(PrintWriter out, ReadyEngine engine) {
    InterruptionNotice notice = new InterruptionNotice(out, engine);
    Runtime.getRuntime().addShutdownHook(notice.hook);
    return notice;
  }

  /** Whether the process is ending, so that what becomes of the job is no news. */
  boolean isGiven() {
    return given;
  }

  private void interrupted() {
    given = true;
    Thread limit = new Thread(this::limit, "interruption-limit");
    limit.setDaemon(true);
    limit.start();
    SecondInterrupt.endsAtOnce();
    try {
      engine.cancel();
    } catch (IOException e) {
      tell("the job could not be ended: " + e.getMessage());
    }
    tell(
        engine.outlivesCommand()
            ? "interrupted; a job that was submitted goes on, until the engine is told to cancel it"
            : "interrupted; the same command goes on where this run was");
    told.countDown();
  }

  /** Other hooks run beside ours, and what is stuck may be one of theirs. */
  private void limit() {
    try {
      if (!told.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        tell(
            "interrupted; ending the job takes up to %d s; a second Ctrl-C ends this command at once"
                .formatted(engine.cancelLimit().toSeconds()));
      }
      TimeUnit.MILLISECONDS.sleep(engine.cancelLimit().toMillis());
      if (told.getCount() > 0) {
        tell(
            "the job did not end within %d s; the same command goes on where this run was"
                .formatted(engine.cancelLimit().toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
  }

  private synchronized void tell(String message) {
    out.println();
    out.println(message);
    out.flush();
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
