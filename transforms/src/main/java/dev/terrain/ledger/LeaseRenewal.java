package dev.terrain.ledger;

import dev.terrain.store.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The renewal of one lease, from time to time until it is stopped. Writing to the storage may hang
 * for minutes; it then keeps no other lease from being renewed, and whoever stops the renewal waits
 * for a moment only.
 */
final class LeaseRenewal {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseRenewal.class);
  private static final int RENEWALS_BEFORE_EXPIRY = 6;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Says when; a lease is due. */
  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor(daemons("terrain-lease-clock"));

  /** Write: one thread for each lease whose renewal is under way, as they may hang. */
  private static final ExecutorService WRITERS =
      Executors.newCachedThreadPool(daemons("terrain-leases"));

  private static final Set<LeaseRenewal> UNDER_WAY = ConcurrentHashMap.newKeySet();

  private final ObjectStore store;
  private final String name;
  private final Removal removal;
  private @Nullable ScheduledFuture<?> due;
  private long renewals;
  private boolean writing;
  private boolean stopped;
  private boolean leftToWriter;

  private LeaseRenewal(ObjectStore store, String name, Removal removal) {
    this.store = store;
    this.name = name;
    this.removal = removal;
  }

  /** Removes the lease. */
  interface Removal {
    void remove() throws IOException;
  }

  /**
   * Renews a lease of this process until it is stopped.
   *
   * @param name of its object
   * @param removal makes up for a renewal that comes to its end after the lease was given back
   */
  static LeaseRenewal start(ObjectStore store, String name, Duration expiry, Removal removal) {
    LeaseRenewal renewal = new LeaseRenewal(store, name, removal);
    UNDER_WAY.add(renewal);
    long pause = expiry.toMillis() / RENEWALS_BEFORE_EXPIRY;
    renewal.due =
        CLOCK.scheduleWithFixedDelay(
            () -> WRITERS.execute(renewal::renew), pause, pause, TimeUnit.MILLISECONDS);
    return renewal;
  }

  /** Where the leases are that this process renews, or has to remove still. */
  static List<String> underWay() {
    return UNDER_WAY.stream().map(renewal -> renewal.store.uri(renewal.name)).toList();
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      thread.setContextClassLoader(LeaseRenewal.class.getClassLoader());
      return thread;
    };
  }

  private void renew() {
    long renewed;
    synchronized (this) {
      if (writing || stopped) {
        return;
      }
      writing = true;
      renewed = ++renewals;
    }
    try {
      store.write(name, LeaseHolder.THIS_PROCESS.lease(renewed));
    } catch (IOException | RuntimeException e) {
      LOG.warn("a lease is not renewed: {}", e.getMessage());
    } finally {
      endWriting();
    }
  }

  private void endWriting() {
    boolean orphan;
    synchronized (this) {
      writing = false;
      orphan = leftToWriter;
      notifyAll();
    }
    if (orphan) {
      try {
        removal.remove();
      } catch (IOException | RuntimeException e) {
        LOG.warn("a lease is left to expire: {}", e.getMessage());
      } finally {
        UNDER_WAY.remove(this);
      }
    }
  }

  /**
   * Stops the renewal. A write that is under way could bring a lease back that was removed, so it
   * is waited for; where that takes long, the writer removes the lease in the end.
   *
   * @return whether nothing is under way, and the lease may be removed now
   */
  synchronized boolean stop() {
    Objects.requireNonNull(due).cancel(false);
    stopped = true;
    long end = System.nanoTime() + PATIENCE.toNanos();
    boolean interrupted = false;
    while (writing && !interrupted) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        break;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    leftToWriter = writing;
    if (!leftToWriter) {
      UNDER_WAY.remove(this);
    }
    return !leftToWriter;
  }
}
