package dev.terrain.cli;

import dev.terrain.ledger.Ledger;
import dev.terrain.plan.Pace;
import dev.terrain.plan.StagePlan;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** How far one stage of a run is, and how long its units take. */
final class StageProgress {
  /** So many units of this run count as much as what was known before it. */
  private static final int TRUST = 3;

  /** Digits of a key that records are kept by. */
  private static final int PREFIX = 2;

  private final StagePlan plan;
  private final Map<String, Set<String>> missing = new HashMap<>();
  private final Deque<String> turns = new ArrayDeque<>();
  private int done;
  private double nominalFinished;
  private double nominalLeft;
  private double seconds;

  StageProgress(StagePlan plan) {
    this.plan = plan;
    plan.work()
        .keySet()
        .forEach(
            key ->
                missing
                    .computeIfAbsent(key.substring(0, PREFIX), prefix -> new HashSet<>())
                    .add(key));
    turns.addAll(missing.keySet());
    this.nominalLeft = plan.work().values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** What a ledger tells of units that are awaited. */
  interface Records {
    /** As {@link Ledger#finished}. */
    Set<String> finished(String stage, String prefix, Set<String> keys) throws IOException;

    /** Seconds that a finished unit took. */
    double seconds(String stage, String key) throws IOException;
  }

  /** The records of a ledger. */
  static Records of(Ledger ledger) {
    return new Records() {
      @Override
      public Set<String> finished(String stage, String prefix, Set<String> keys)
          throws IOException {
        return ledger.finished(stage, prefix, keys);
      }

      @Override
      public double seconds(String stage, String key) throws IOException {
        return ledger.find(stage, key).orElseThrow().getDurationMs() / 1000.0;
      }
    };
  }

  /**
   * Takes in what a ledger has gained. Asks for units by the beginnings of their keys, in turn and
   * as long as there is time, and never again where none is missing; so a look at a large ledger
   * takes no longer than one at a small one, and the rest has its turn next.
   *
   * @param time whether there is time for another request; the first needs none
   */
  void update(Records records, BooleanSupplier time) throws IOException {
    int turnsLeft = turns.size();
    do {
      if (turnsLeft-- <= 0) {
        return;
      }
      String prefix = turns.removeFirst();
      // At the end of the queue whatever happens now.
      turns.addLast(prefix);
      Set<String> awaited = missing.get(prefix);
      for (String key : records.finished(plan.stage(), prefix, Set.copyOf(awaited))) {
        take(key, plan.work().get(key), records.seconds(plan.stage(), key));
        awaited.remove(key);
      }
      if (awaited.isEmpty()) {
        turns.removeLast();
      }
    } while (time.getAsBoolean());
  }

  /** Takes in a finished unit. */
  void take(String key, double nominal, double time) {
    done++;
    nominalFinished += nominal;
    nominalLeft -= nominal;
    seconds += time;
  }

  int done() {
    return done;
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
    return done > 0 || plan.pace().isPresent();
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
