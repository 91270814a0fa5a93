package dev.terrain.cli;

import dev.terrain.pipelines.Plan;
import dev.terrain.pipelines.StagePlan;
import dev.terrain.store.Ledger;
import dev.terrain.store.ObjectStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Shows how far a run is, as the ledger tells: so whatever engine does the work, and wherever. */
final class ProgressLine {
  private static final Duration ON_TERMINAL = Duration.ofSeconds(1);
  private static final Duration PLAIN = Duration.ofSeconds(15);
  private static final String CLEAR = "\r\u001b[K";

  private final Ledger ledger;
  private final PrintWriter out;
  private final boolean rewrite;
  private final Map<String, Set<String>> missing = new LinkedHashMap<>();
  private final long start = System.nanoTime();
  private final Thread ticker = new Thread(this::tick, "progress");
  private final Duration every;

  private ProgressLine(Plan plan, ObjectStore store, boolean rewrite, PrintWriter out) {
    this.ledger = new Ledger(store);
    this.rewrite = rewrite;
    this.every = rewrite ? ON_TERMINAL : PLAIN;
    this.out = out;
    for (StagePlan stage : plan.stages()) {
      if (!stage.missing().isEmpty()) {
        missing.put(stage.stage(), stage.missing());
      }
    }
  }

  /** Begins to show progress in one of the resolved styles. */
  static ProgressLine start(Plan plan, ObjectStore store, ProgressStyle style, PrintWriter out) {
    ProgressLine line = new ProgressLine(plan, store, style == ProgressStyle.line, out);
    if (style != ProgressStyle.none && !line.missing.isEmpty()) {
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
      int done = 0;
      int all = 0;
      Map<String, String> counts = new LinkedHashMap<>();
      for (Map.Entry<String, Set<String>> stage : missing.entrySet()) {
        Set<String> recorded = ledger.keys(stage.getKey());
        int finished = (int) stage.getValue().stream().filter(recorded::contains).count();
        counts.put(stage.getKey(), finished + "/" + stage.getValue().size());
        done += finished;
        all += stage.getValue().size();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      String left =
          done == 0
              ? ""
              : ", %.1f units/s, about %s left"
                  .formatted(
                      done / seconds,
                      Durations.text(Duration.ofSeconds((long) (seconds * (all - done) / done))));
      String text =
          counts.entrySet().stream()
                  .map(count -> count.getKey() + " " + count.getValue())
                  .collect(Collectors.joining(", "))
              + left;
      if (rewrite) {
        out.print(CLEAR + text);
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
