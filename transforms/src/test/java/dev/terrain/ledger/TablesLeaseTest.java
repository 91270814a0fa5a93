package dev.terrain.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TablesLeaseTest {
  @TempDir private Path folder;
  private ObjectStore store;

  @BeforeEach
  void open() {
    store = ObjectStores.open(folder.toString());
  }

  @Test
  void itIsWaitedFor_untilTheOtherGivesItBack() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> second;
      try (TablesLease first = TablesLease.await(store)) {
        second =
            thread.submit(
                () -> {
                  TablesLease.await(store).close();
                  return null;
                });
        Thread.sleep(300);
        assertThat(second).isNotDone();
        first.check();
      }
      second.get(30, TimeUnit.SECONDS);
    } finally {
      thread.shutdownNow();
    }
    assertThat(store.list("")).isEmpty();
  }

  @Test
  void thatOfAnEndedProcess_isFreeAtOnce() throws IOException {
    LeaseHolder gone = new LeaseHolder(LeaseHolder.THIS_PROCESS.host(), 1, 1);
    store.write("leases/tables/00/00-1", (gone + " 7").getBytes(UTF_8));

    try (TablesLease lease = TablesLease.await(store)) {
      lease.check();
    }
    assertThat(store.list("")).isEmpty();
  }

  @Test
  void whoWasNotHeardOfForLong_learnsThatAnotherHasIt() throws IOException {
    Duration expiry = Duration.ofMillis(300);
    try (TablesLease lost =
        TablesLease.await(store, new UnitLease(store, "tables", "00", Duration.ofHours(1)))) {
      try (TablesLease other =
          TablesLease.await(store, new UnitLease(store, "tables", "00", expiry))) {
        other.check();
        assertThatIOException()
            .isThrownBy(lost::check)
            .withMessageContaining("another run writes " + store.uri("tables"));
      }
    }
  }

  @Test
  void anInterruptedThread_doesNotWait() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    try (TablesLease first = TablesLease.await(store)) {
      Future<?> second =
          thread.submit(
              () -> {
                begun.countDown();
                try {
                  TablesLease.await(store).close();
                } catch (InterruptedIOException e) {
                  ended.countDown();
                }
                return null;
              });
      assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
      Thread.sleep(100);
      second.cancel(true);
      assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
      first.check();
    } finally {
      thread.shutdownNow();
    }
  }
}
