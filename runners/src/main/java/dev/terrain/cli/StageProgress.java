package dev.terrain.cli;

import dev.terrain.ledger.Ledger;
import dev.terrain.plan.Pace;
import dev.terrain.plan.StagePlan;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** How far one stage of a run is, and how long its units take. */
final class StageProgress {
  /** So many units of this run count as much as what was known before it. */
  private static final int TRUST = 3;

  private final StagePlan plan;
  private final Set<String> finished = new HashSet<>();
  private double nominalFinished;
  private double nominalLeft;
  private double seconds;

  StageProgress(StagePlan plan) {
    this.plan = plan;
    this.nominalLeft = plan.work().values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Takes in what the ledger has gained. */
  void update(Ledger ledger) throws IOException {
    for (String key : ledger.keys(plan.stage())) {
      Double nominal = plan.work().get(key);
      if (nominal != null && !finished.contains(key)) {
        take(key, nominal, ledger.find(plan.stage(), key).orElseThrow().getDurationMs() / 1000.0);
      }
    }
  }

  /** Takes in a finished unit. */
  void take(String key, double nominal, double time) {
    finished.add(key);
    nominalFinished += nominal;
    nominalLeft -= nominal;
    seconds += time;
  }

  int done() {
    return finished.size();
  }

  int size() {
    return plan.work().size();
  }

  int left() {
    return size() - done();
  }

  /** Nominal time of what is left, in seconds. */
  double nominalLeft() {
    return left() == 0 ? 0 : Math.max(0, nominalLeft);
  }

  /** Nominal time of what this run has finished, in seconds. */
  double nominalFinished() {
    return nominalFinished;
  }

  /** Time of what this run has finished, in seconds. */
  double seconds() {
    return seconds;
  }

  /** Whether anything is known of how long its units take. */
  boolean isTimed() {
    return !finished.isEmpty() || plan.pace().isPresent();
  }

  /** Whether what was known before this run are no records of the same stage. */
  private boolean isForetold() {
    return plan.pace().filter(pace -> pace.basis() != Pace.Basis.RECORDS).isPresent();
  }

  /** Seconds that what is finished was foretold to take; 0 where there were records, or nothing. */
  double secondsForetold() {
    return isForetold() ? nominalFinished * plan.pace().orElseThrow().middle() : 0;
  }

  /**
   * Seconds that the units left will take one after the other, as this run and what was known
   * before it tell.
   *
   * @param correction how much slower this run has been than was foretold without records of the
   *     same stage
   */
  double secondsLeft(double correction) {
    if (left() == 0 || !isTimed()) {
      return 0;
    }
    double prior = plan.pace().map(Pace::middle).orElse(0.0) * (isForetold() ? correction : 1);
    double mean = (nominalFinished + nominalLeft()) / size();
    double weight = prior == 0 ? 0 : TRUST * mean;
    return nominalLeft() * (prior * weight + seconds) / (weight + nominalFinished);
  }

  @Override
  public String toString() {
    return plan.stage() + " " + done() + "/" + size();
  }
}
