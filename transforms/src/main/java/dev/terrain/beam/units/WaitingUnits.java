package dev.terrain.beam.units;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * The units that no worker has taken yet, in the order in which they were handed in, and those that
 * workers compute: what decides which are computed together.
 *
 * <p>No stack is larger than an equal share, for each worker, of all units that have not ended, so
 * that none idles while another has many. What others compute counts as well: if it did not, of
 * units that are handed in together the first worker would take half, the second half of the rest,
 * and so on.
 */
final class WaitingUnits {
  /** Engines hand units in one by one, but without a pause. */
  private static final Duration PAUSE = Duration.ofMillis(50);

  private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

  private final Duration pause;
  private final Duration longestWait;
  private final Set<UnitWork> waiting = new LinkedHashSet<>();
  private final Set<UnitWork> taken = new HashSet<>();

  /** No units. */
  WaitingUnits() {
    this(PAUSE, LONGEST_WAIT);
  }

  /**
   * No units.
   *
   * @param pause after which no more units are expected
   * @param longestWait time for which a worker waits at most for units that keep coming
   */
  WaitingUnits(Duration pause, Duration longestWait) {
    this.pause = pause;
    this.longestWait = longestWait;
  }

  /** A unit is handed in. */
  synchronized void add(UnitWork unit) {
    waiting.add(unit);
  }

  /** A unit is no longer to be taken. */
  synchronized void remove(UnitWork unit) {
    waiting.remove(unit);
  }

  private synchronized boolean isWaiting(UnitWork unit) {
    return waiting.contains(unit);
  }

  /**
   * Takes a unit, with others that may be computed together with it, for the worker that calls
   * this.
   *
   * @param workers how many there are
   * @return nothing if another worker has the unit; else to be given to {@link #release} in the end
   */
  List<UnitWork> take(UnitWork first, IntSupplier workers) {
    Optional<StackTerms> terms = first.stackTerms();
    if (!isWaiting(first)) {
      return List.of();
    }
    int most = terms.map(of -> of.most(first.unit(), first.context())).orElse(1);
    return most == 1 ? takeOne(first) : takeSeveral(first, terms.get().key(), most, workers);
  }

  private synchronized List<UnitWork> takeOne(UnitWork unit) {
    if (!waiting.remove(unit)) {
      return List.of();
    }
    taken.add(unit);
    return List.of(unit);
  }

  private synchronized List<UnitWork> takeSeveral(
      UnitWork first, StackKey key, int most, IntSupplier workers) {
    awaitOthers(first, key, (long) most * workers.getAsInt());
    if (!waiting.contains(first)) {
      return List.of();
    }
    taken.removeIf(UnitWork::hasEnded);
    int count = workers.getAsInt();
    int share = (waiting.size() + taken.size() + count - 1) / count;
    List<UnitWork> together = new ArrayList<>();
    together.add(first);
    for (UnitWork unit : waiting) {
      if (together.size() >= Math.min(most, share)) {
        break;
      }
      if (unit != first && hasKey(unit, key)) {
        together.add(unit);
      }
    }
    together.forEach(waiting::remove);
    taken.addAll(together);
    return together;
  }

  /** Whoever took the first unit at once would compute it by itself. */
  private void awaitOthers(UnitWork first, StackKey key, long enough) {
    long begun = System.nanoTime();
    while (waiting.contains(first) && !first.isGivenUp()) {
      List<UnitWork> found = waiting.stream().filter(unit -> hasKey(unit, key)).toList();
      Duration youngest = found.stream().map(UnitWork::age).min(Duration::compareTo).orElse(pause);
      Duration waited = Duration.ofNanos(System.nanoTime() - begun);
      long left = Math.min(pause.minus(youngest).toNanos(), longestWait.minus(waited).toNanos());
      if (found.size() >= enough || left <= 0) {
        return;
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static boolean hasKey(UnitWork unit, StackKey key) {
    return unit.stackTerms().filter(terms -> terms.key().equals(key)).isPresent();
  }

  /** A worker is done with units: they have ended, or are handed in again later. */
  synchronized void release(List<UnitWork> units) {
    units.forEach(taken::remove);
  }
}
