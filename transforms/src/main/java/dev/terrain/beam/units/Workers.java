package dev.terrain.beam.units;

import dev.terrain.v1.Unit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads of this process that compute units, in the order in which they are asked for: as many
 * as the engine lets one stage run side by side in this process. A thread whose turn it is to
 * compute a unit of a stage that can stack takes others of its key with it ({@link WaitingUnits}).
 *
 * <p>The engine deals units out to its own threads beforehand; with common threads behind them none
 * idles while another has units left. And an engine's thread that only asks whether a unit is done
 * can let a checkpoint pass, or report, whenever it must, however long the unit takes.
 */
final class Workers {
  private static final long LEAST_DELAY_MILLISECONDS = 100;
  private static final long MOST_DELAY_MILLISECONDS = 5_000;

  /** What others have computed for long is asked for seldom. */
  private static final int SHARE_OF_AGE = 8;

  private static final Workers OF_PROCESS = new Workers();

  private final Map<String, Integer> members = new HashMap<>();
  private final Map<Address, UnitWork> underWay = new HashMap<>();
  private final WaitingUnits waiting = new WaitingUnits();
  private @Nullable ThreadPoolExecutor threads;

  private record Address(StudyAddress study, String stage, String key) {}

  /** The workers of this process. */
  static Workers ofProcess() {
    return OF_PROCESS;
  }

  /** An instance of a stage's function begins to ask for units. */
  synchronized void join(String stage) {
    members.merge(stage, 1, Integer::sum);
    resize();
  }

  /** An instance of a stage's function ends. With the last one all units under way are given up. */
  synchronized void leave(String stage) {
    members.computeIfPresent(stage, (name, count) -> count == 1 ? null : count - 1);
    resize();
  }

  /** Hands a unit to the threads. */
  synchronized void compute(UnitWork work) {
    execute(work, Objects.requireNonNull(threads));
  }

  private void execute(UnitWork work, ThreadPoolExecutor pool) {
    waiting.add(work);
    try {
      pool.execute(() -> compute(work, pool));
    } catch (RejectedExecutionException e) {
      waiting.remove(work);
      work.giveUp();
      work.attempt();
    }
  }

  /** A thread's turn of a unit, which it computes with others, or another thread has taken. */
  private void compute(UnitWork work, ThreadPoolExecutor pool) {
    List<UnitWork> taken = waiting.take(work, pool::getCorePoolSize);
    if (taken.isEmpty()) {
      return;
    }
    Stack.Remainder remainder;
    try {
      remainder = new Stack(taken).attempt();
    } finally {
      waiting.release(taken);
    }
    remainder.left().forEach(unit -> execute(unit, pool));
    remainder.held().forEach(unit -> postpone(unit, pool));
  }

  /** A unit that another process computes is tried again later; until then it takes no thread. */
  private void postpone(UnitWork work, ThreadPoolExecutor pool) {
    long share = work.age().toMillis() / SHARE_OF_AGE;
    long delay = Math.max(LEAST_DELAY_MILLISECONDS, Math.min(share, MOST_DELAY_MILLISECONDS));
    CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS, Runnable::run)
        .execute(() -> execute(work, pool));
  }

  /** The work on a unit, begun now unless it is under way. */
  synchronized UnitWork workOn(StudyAddress study, Unit unit, Supplier<UnitWork> work) {
    return underWay.computeIfAbsent(
        address(study, unit),
        address -> {
          UnitWork begun = work.get();
          execute(begun, Objects.requireNonNull(threads));
          return begun;
        });
  }

  /** Forgets a unit whose outcome was taken. */
  synchronized void forget(StudyAddress study, Unit unit) {
    underWay.remove(address(study, unit));
  }

  private static Address address(StudyAddress study, Unit unit) {
    return new Address(study, unit.getStage(), unit.getKey());
  }

  private void resize() {
    Optional<Integer> size = members.values().stream().max(Integer::compare);
    if (size.isEmpty()) {
      underWay.values().forEach(UnitWork::giveUp);
      underWay.clear();
      Objects.requireNonNull(threads).shutdown();
      threads = null;
    } else if (threads == null) {
      threads = newThreads(size.get());
    } else if (size.get() > threads.getCorePoolSize()) {
      threads.setMaximumPoolSize(size.get());
      threads.setCorePoolSize(size.get());
    } else {
      threads.setCorePoolSize(size.get());
      threads.setMaximumPoolSize(size.get());
    }
  }

  private static ThreadPoolExecutor newThreads(int size) {
    ThreadFactory daemons =
        task -> {
          Thread thread = new Thread(task, "terrain-worker");
          thread.setDaemon(true);
          // The threads outlive the job whose loader they would keep.
          thread.setContextClassLoader(Workers.class.getClassLoader());
          return thread;
        };
    return new ThreadPoolExecutor(
        size, size, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons);
  }
}
