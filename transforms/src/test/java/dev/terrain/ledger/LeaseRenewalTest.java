package dev.terrain.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeaseRenewalTest {
  private static final Duration EXPIRY = Duration.ofMillis(300);
  private static final String SLOW = "ab12";

  @TempDir private Path folder;
  private ObjectStore store;
  private SlowStore slow;

  /** A store whose writes of one unit's leases hang until it is told to go on. */
  private static final class SlowStore extends ForwardingStore {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    SlowStore(ObjectStore store) {
      super(store);
    }

    @Override
    public void write(String name, byte[] bytes) throws IOException {
      if (!name.contains(SLOW)) {
        super.write(name, bytes);
        return;
      }
      begun.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      super.write(name, bytes);
      ended.countDown();
    }
  }

  @BeforeEach
  void open() {
    store = ObjectStores.open(folder.toString());
    slow = new SlowStore(store);
  }

  @AfterEach
  void letGo() {
    slow.goOn.countDown();
  }

  private UnitLease acquire(String key) throws IOException, InterruptedException {
    UnitLease lease = new UnitLease(slow, "train", key, EXPIRY);
    assertThat(lease.acquire()).isTrue();
    return lease;
  }

  @Test
  void aRenewalThatHangsKeepsNoOtherLeaseFromBeingRenewed()
      throws IOException, InterruptedException {
    try (UnitLease hanging = acquire(SLOW);
        UnitLease other = acquire("cd34");
        UnitLease rival = new UnitLease(store, "train", "cd34", EXPIRY)) {
      assertThat(slow.begun.await(10, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < 12; i++) {
        assertThat(rival.acquire()).isFalse();
        TimeUnit.MILLISECONDS.sleep(EXPIRY.toMillis() / 6);
      }
      assertThat(other.isHeld()).isTrue();
      assertThat(hanging.isHeld()).isTrue();
      slow.goOn.countDown();
    }
  }

  @Test
  void aLeaseThatIsClosedDuringItsRenewalLeavesNothing() throws IOException, InterruptedException {
    UnitLease lease = acquire(SLOW);
    assertThat(slow.begun.await(10, TimeUnit.SECONDS)).isTrue();
    lease.close();
    slow.goOn.countDown();
    assertThat(slow.ended.await(10, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < 100 && !store.list("leases/").isEmpty(); i++) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(store.list("leases/")).isEmpty();
  }
}
