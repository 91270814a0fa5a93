package dev.terrain.guard;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.terrain.ledger.UnitLease;
import dev.terrain.store.ObjectStores;
import dev.terrain.surface.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs tests that leave something behind, as JUnit runs all others. */
final class NothingLeftTest {
  /** What the tests below left. */
  private static final Deque<AutoCloseable> LEFT = new ArrayDeque<>();

  @AfterEach
  void tidy() throws Exception {
    while (!LEFT.isEmpty()) {
      LEFT.pop().close();
    }
  }

  private static TestExecutionSummary run(Class<?> tests) {
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(tests))
                .configurationParameter(NothingLeft.PATIENCE, "100")
                .build(),
            summary);
    return summary.getSummary();
  }

  private static List<String> failures(Class<?> tests) {
    return run(tests).getFailures().stream()
        .map(failure -> failure.getException().getMessage())
        .toList();
  }

  @Test
  void aTestThatLeavesNothing_passes() {
    TestExecutionSummary summary = run(Tidy.class);
    assertThat(summary.getFailures()).isEmpty();
    assertThat(summary.getTestsSucceededCount()).isEqualTo(1);
  }

  static final class Tidy {
    @Test
    void all(@TempDir Path folder) throws IOException {
      try (NDManager manager = Torch.newManager();
          UnitLease lease = new UnitLease(ObjectStores.open(folder.toString()), "train", "ab12")) {
        assertThat(manager.isOpen()).isTrue();
        assertThat(lease.acquire()).isTrue();
      }
    }
  }

  @Test
  void anOpenManager_failsTheTestThatLeavesIt_andNotTheNext() {
    assertThat(run(Manager.class).getTestsSucceededCount()).isEqualTo(1);
    assertThat(failures(Manager.class))
        .first()
        .asString()
        .startsWith("left() leaves open NDManager of Manager ");
  }

  static final class Manager {
    @Test
    void left() {
      LEFT.push(Torch.newManager());
    }

    @Test
    void notLeft() {
      Torch.newManager().close();
    }
  }

  @Test
  void whatATestClassOpensBeforeItsTests_failsTheClass() {
    TestExecutionSummary summary = run(ManagerOfClass.class);
    assertThat(summary.getTestsSucceededCount()).isEqualTo(1);
    assertThat(failures(ManagerOfClass.class))
        .singleElement()
        .asString()
        .contains("leaves open NDManager of ManagerOfClass ");
  }

  static final class ManagerOfClass {
    @BeforeAll
    static void open() {
      LEFT.push(Torch.newManager());
    }

    @Test
    void nothing() {}
  }

  @Test
  void aThread_failsTheTestThatLeavesIt() {
    assertThat(failures(Worker.class))
        .first()
        .asString()
        .startsWith("left() leaves thread terrain-worker ");
  }

  static final class Worker {
    @Test
    void left() {
      CountDownLatch end = new CountDownLatch(1);
      Thread thread =
          new Thread(
              () -> {
                try {
                  end.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              },
              "terrain-worker");
      thread.setDaemon(true);
      thread.start();
      LEFT.push(end::countDown);
    }
  }

  @Test
  void aLeaseThatIsHeld_failsTheTestThatLeavesIt() {
    assertThat(failures(Lease.class))
        .first()
        .asString()
        .contains("left(Path) leaves held lease ", "/leases/train/ab/ab12-1");
  }

  static final class Lease {
    @Test
    void left(@TempDir Path folder) throws IOException {
      UnitLease lease = new UnitLease(ObjectStores.open(folder.toString()), "train", "ab12");
      LEFT.push(lease);
      assertThat(lease.acquire()).isTrue();
    }
  }

  @Test
  void theObjectOfALeaseThatWasGivenBack_failsTheTestThatLeavesIt() {
    assertThat(failures(LeaseObject.class))
        .singleElement()
        .asString()
        .startsWith("left(Path) leaves object of a lease ")
        .endsWith("/leases/train/ab/ab12-1");
  }

  static final class LeaseObject {
    @Test
    void left(@TempDir Path folder) throws IOException {
      Path object = folder.resolve("study/leases/train/ab/ab12-1");
      byte[] held;
      try (UnitLease lease =
          new UnitLease(ObjectStores.open(folder.resolve("study").toString()), "train", "ab12")) {
        assertThat(lease.acquire()).isTrue();
        held = Files.readAllBytes(object);
      }
      Files.createDirectories(object.getParent());
      Files.write(object, held);
    }
  }
}
