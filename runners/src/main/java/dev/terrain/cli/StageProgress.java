package dev.terrain.cli;

import dev.terrain.pipelines.StagePlan;
import dev.terrain.store.Ledger;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** How far one stage of a run is, and how long its units take. */
final class StageProgress {
  private final StagePlan plan;
  private final Set<String> finished = new HashSet<>();
  private long milliseconds;

  StageProgress(StagePlan plan) {
    this.plan = plan;
  }

  /** Takes in what the ledger has gained. */
  void update(Ledger ledger) throws IOException {
    for (String key : ledger.keys(plan.stage())) {
      if (plan.missing().contains(key) && finished.add(key)) {
        milliseconds += ledger.find(plan.stage(), key).orElseThrow().getDurationMs();
      }
    }
  }

  int done() {
    return finished.size();
  }

  int left() {
    return plan.missing().size() - finished.size();
  }

  /** Whether it is known how long a unit takes, from this run or from earlier ones. */
  boolean isTimed() {
    return !finished.isEmpty() || plan.meanDuration() != null;
  }

  /**
   * Time that the units left will take one after the other; those of this run count before earlier
   * ones.
   */
  Duration timeLeft() {
    if (left() == 0 || !isTimed()) {
      return Duration.ZERO;
    }
    Duration mean =
        finished.isEmpty()
            ? plan.meanDuration()
            : Duration.ofMillis(milliseconds / finished.size());
    return mean.multipliedBy(left());
  }

  @Override
  public String toString() {
    return plan.stage() + " " + done() + "/" + plan.missing().size();
  }
}
