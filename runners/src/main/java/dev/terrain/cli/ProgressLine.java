package dev.terrain.cli;

import dev.terrain.ledger.Ledger;
import dev.terrain.plan.Plan;
import dev.terrain.plan.StagePlan;
import dev.terrain.store.ObjectStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Shows how far a run is, as the ledger tells: so whatever engine does the work, and wherever. */
final class ProgressLine {
  private static final Duration ON_TERMINAL = Duration.ofSeconds(1);
  private static final Duration PLAIN = Duration.ofSeconds(15);

  /** Time for a look at the ledger, which is the run's own storage. */
  private static final Duration LOOK = Duration.ofMillis(200);

  /**
   * A longer line would wrap, and could not be kept up to date; the launcher knows the terminal's
   * width.
   */
  private static final int WIDTH = Integer.getInteger("terrain.columns", 80);

  private static final String CLEAR = "\r\u001b[K";

  private final StageProgress.Records records;
  private final PrintWriter out;
  private final boolean rewrite;
  private final List<StageProgress> stages = new ArrayList<>();
  private final int workers;
  private final long start = System.nanoTime();
  private final Thread ticker = new Thread(this::tick, "terrain-progress");
  private final Duration every;

  private ProgressLine(
      Plan plan, int workers, ObjectStore store, boolean rewrite, PrintWriter out) {
    this.workers = workers;
    this.records = StageProgress.of(new Ledger(store));
    this.rewrite = rewrite;
    this.every = rewrite ? ON_TERMINAL : PLAIN;
    this.out = out;
    for (StagePlan stage : plan.stages()) {
      if (!stage.missing().isEmpty()) {
        stages.add(new StageProgress(stage));
      }
    }
  }

  /** Begins to show progress in one of the resolved styles. */
  static ProgressLine start(
      Plan plan, int workers, ObjectStore store, ProgressStyle style, PrintWriter out) {
    ProgressLine line = new ProgressLine(plan, workers, store, style == ProgressStyle.line, out);
    if (style != ProgressStyle.none && !line.stages.isEmpty()) {
      line.ticker.setDaemon(true);
      line.ticker.start();
    }
    return line;
  }

  private void tick() {
    try {
      while (true) {
        Thread.sleep(every.toMillis());
        show();
      }
    } catch (InterruptedException e) {
      // Stopped: the run has ended.
    }
  }

  private void show() {
    try {
      long share = System.nanoTime();
      for (StageProgress stage : stages) {
        share += LOOK.toNanos() / stages.size();
        long end = share;
        stage.update(records, () -> System.nanoTime() - end < 0);
      }
      String text = ProgressText.of(stages, workers, Duration.ofNanos(System.nanoTime() - start));
      if (rewrite) {
        out.print(CLEAR + text.substring(0, Math.min(text.length(), WIDTH - 1)));
      } else {
        out.println(text);
      }
      out.flush();
    } catch (IOException e) {
      // The next tick may do better; the run itself does not depend on this line.
      out.flush();
    }
  }

  /** Ends it. */
  void stop() {
    boolean shown = ticker.isAlive();
    ticker.interrupt();
    if (shown && rewrite) {
      out.print(CLEAR);
      out.flush();
    }
  }
}
