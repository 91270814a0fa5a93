package dev.terrain.ledger;

import dev.terrain.store.ObjectStore;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to change the tables of a study, its report and what is said of them in {@code
 * tables/manifest.json}, which one run has at a time. It works as a {@linkplain UnitLease unit's
 * lease} does.
 *
 * <p>Whoever was paused for so long that another took over must find that out before it says that
 * the tables are its own: {@link #check}.
 *
 * <p>For one thread at a time.
 */
public final class TablesLease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TablesLease.class);

  /** In the place of a stage, and of a key of which there is one. */
  private static final String STAGE = "tables";

  private static final String KEY = "00";
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final ObjectStore store;
  private final UnitLease lease;

  private TablesLease(ObjectStore store, UnitLease lease) {
    this.store = store;
    this.lease = lease;
  }

  /**
   * Waits until no other run holds the lease, and takes it.
   *
   * @throws IOException if the storage fails or the thread is interrupted
   */
  public static TablesLease await(ObjectStore store) throws IOException {
    return await(store, new UnitLease(store, STAGE, KEY));
  }

  static TablesLease await(ObjectStore store, UnitLease lease) throws IOException {
    boolean told = false;
    while (!lease.acquire()) {
      if (!told) {
        LOG.info("another run writes {}; waiting for it", store.uri(STAGE));
        told = true;
      }
      try {
        Thread.sleep(PAUSE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while another run writes the tables");
      }
    }
    return new TablesLease(store, lease);
  }

  /**
   * Makes sure that the lease is held still.
   *
   * @throws IOException if another run has it by now
   */
  public void check() throws IOException {
    if (!lease.isHeld()) {
      throw new IOException(
          "another run writes %s, as this one was not heard of for a while; run it again"
              .formatted(store.uri(STAGE)));
    }
  }

  @Override
  public void close() throws IOException {
    lease.close();
  }
}
