package dev.terrain.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnitLeaseTest {
  private static final String KEY = "ab12";
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(600);

  @TempDir private Path folder;
  private ObjectStore store;

  @BeforeEach
  void open() {
    store = ObjectStores.open(folder.toString());
  }

  private UnitLease lease(Duration expiry) {
    return new UnitLease(store, "train", KEY, expiry);
  }

  @Test
  void oneHasItAtATime() throws IOException {
    try (UnitLease second = lease(LONG)) {
      try (UnitLease first = lease(LONG)) {
        assertThat(first.acquire()).isTrue();
        assertThat(second.acquire()).isFalse();
      }
      assertThat(second.acquire()).isTrue();
    }
    assertThat(store.list("")).isEmpty();
  }

  @Test
  void leasesOfOtherUnitsAreFree() throws IOException {
    try (UnitLease first = lease(LONG);
        UnitLease other = new UnitLease(store, "curvature", KEY, LONG)) {
      assertThat(first.acquire()).isTrue();
      assertThat(other.acquire()).isTrue();
    }
  }

  @Test
  void closingWhatWasNotAcquiredTakesNothingAway() throws IOException {
    try (UnitLease first = lease(LONG)) {
      first.acquire();
      lease(LONG).close();
      try (UnitLease second = lease(LONG)) {
        assertThat(second.acquire()).isFalse();
      }
    }
  }

  @Test
  void aRenewedLeaseDoesNotExpire() throws IOException, InterruptedException {
    try (UnitLease first = lease(SHORT);
        UnitLease second = lease(SHORT)) {
      assertThat(first.acquire()).isTrue();
      for (int i = 0; i < 12; i++) {
        assertThat(second.acquire()).isFalse();
        TimeUnit.MILLISECONDS.sleep(SHORT.toMillis() / 6);
      }
    }
  }

  @Test
  void aLeaseThatNobodyRenewsExpires() throws IOException, InterruptedException {
    store.write("leases/train/ab/ab12-1", "elsewhere 77 1000 5".getBytes(StandardCharsets.UTF_8));
    try (UnitLease lease = lease(SHORT)) {
      assertThat(lease.acquire()).as("seen for the first time").isFalse();
      TimeUnit.MILLISECONDS.sleep(SHORT.toMillis() / 2);
      assertThat(lease.acquire()).as("seen for too short").isFalse();
      TimeUnit.MILLISECONDS.sleep(SHORT.toMillis());
      assertThat(lease.acquire()).isTrue();
      assertThat(store.list("leases/"))
          .containsExactly("leases/train/ab/ab12-1", "leases/train/ab/ab12-2");
    }
    assertThat(store.list("")).isEmpty();
  }

  @Test
  void theLeaseOfAProcessOfThisMachineThatIsGoneIsTakenAtOnce() throws IOException {
    LeaseHolder gone =
        new LeaseHolder(
            LeaseHolder.THIS_PROCESS.host(),
            LeaseHolder.THIS_PROCESS.pid(),
            LeaseHolder.THIS_PROCESS.started() + 60_000);
    store.write("leases/train/ab/ab12-1", gone.lease(5));

    try (UnitLease lease = lease(LONG)) {
      assertThat(lease.acquire()).isTrue();
    }
  }

  @Test
  void whateverALeaseHoldsItExpires() throws IOException, InterruptedException {
    store.write("leases/train/ab/ab12-1", new byte[] {-1, 0, 7});
    try (UnitLease lease = lease(Duration.ofMillis(50))) {
      assertThat(lease.acquire()).isFalse();
      TimeUnit.MILLISECONDS.sleep(100);
      assertThat(lease.acquire()).isTrue();
    }
  }

  /** The first holder is paused: its lease is not renewed, and it closes it when it goes on. */
  @Test
  void closingALeaseThatWasTakenOver_leavesItToItsNewHolder()
      throws IOException, InterruptedException {
    UnitLease paused = lease(LONG);
    assertThat(paused.acquire()).isTrue();
    try (UnitLease second = lease(SHORT);
        UnitLease third = lease(LONG)) {
      assertThat(second.acquire()).isFalse();
      TimeUnit.MILLISECONDS.sleep(SHORT.toMillis() + 100);
      assertThat(second.acquire()).isTrue();

      paused.close();

      assertThat(third.acquire()).isFalse();
      assertThat(second.isHeld()).isTrue();
    }
    assertThat(store.list("")).isEmpty();
  }

  @Test
  void ofManyThatFindItExpiredOneHasIt()
      throws IOException, InterruptedException, ExecutionException {
    store.write("leases/train/ab/ab12-1", "elsewhere 77 1000 5".getBytes(StandardCharsets.UTF_8));
    List<UnitLease> leases = Stream.generate(() -> lease(Duration.ofSeconds(1))).limit(8).toList();
    for (UnitLease lease : leases) {
      assertThat(lease.acquire()).isFalse();
    }
    TimeUnit.MILLISECONDS.sleep(1100);

    ExecutorService threads = Executors.newFixedThreadPool(leases.size());
    try {
      List<Callable<Boolean>> tries =
          IntStream.range(0, leases.size())
              .<Callable<Boolean>>mapToObj(i -> () -> leases.get(i).acquire())
              .toList();
      int holders = 0;
      for (Future<Boolean> acquired : threads.invokeAll(tries)) {
        holders += acquired.get() ? 1 : 0;
      }
      assertThat(holders).isEqualTo(1);
    } finally {
      threads.shutdownNow();
      for (UnitLease lease : leases) {
        lease.close();
      }
    }
  }
}
