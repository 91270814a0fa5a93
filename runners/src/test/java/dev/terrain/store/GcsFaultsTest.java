package dev.terrain.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.storage.Storage;
import dev.terrain.google.FakeGoogle;
import dev.terrain.google.StorageFaults;
import dev.terrain.google.StorageFaults.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a store in a bucket makes of a server that fails. */
class GcsFaultsTest {
  private static final Duration SILENCE = Duration.ofMillis(300);

  private FakeGoogle google;
  private StorageFaults faults;
  private ObjectStore store;

  @BeforeEach
  void start() throws IOException {
    google = FakeGoogle.start();
    faults = google.faults();
    RetrySettings retries =
        RetrySettings.newBuilder()
            .setInitialRetryDelayDuration(Duration.ofMillis(1))
            .setRetryDelayMultiplier(2)
            .setMaxRetryDelayDuration(Duration.ofMillis(20))
            .setTotalTimeoutDuration(Duration.ofSeconds(20))
            .setMaxAttempts(12)
            .build();
    Storage client = GcsClients.client(google.url(), retries, SILENCE);
    store = new GcsStore(() -> client, "bucket", "a/study");
  }

  @AfterEach
  void stop() {
    google.close();
  }

  private static byte[] bytes(int i) {
    return "content %d".formatted(i).repeat(200).getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyCallEndsWellInSpiteOfFaultsThatPass(Kind kind) throws IOException {
    faults.slowBy(SILENCE.multipliedBy(2));
    int objects = 8;
    faults.inject(7, 0.3, List.of(kind));

    for (int i = 0; i < objects; i++) {
      String name = "ledger/train/%02x".formatted(i);
      assertThat(store.createIfAbsent(name, bytes(i))).as(name).isTrue();
      assertThat(store.createIfAbsent(name, bytes(i + 1))).as(name).isFalse();
      assertThat(store.read(name)).as(name).contains(bytes(i));
      store.write(name, bytes(i + 2));
      assertThat(store.read(name)).as(name).contains(bytes(i + 2));
      assertThat(store.exists(name)).isTrue();
      assertThat(store.read(name + "-not")).isEmpty();
    }
    assertThat(store.list("ledger/")).hasSize(objects);
    for (String name : store.list("ledger/")) {
      store.delete(name);
      assertThat(store.exists(name)).isFalse();
    }

    assertThat(faults.injected().get(kind)).isPositive();
    assertThat(google.problems()).isEmpty();
  }

  @Test
  void ofManyWhoRaceForANameExactlyOneHasItWhateverAnswersAreLost() throws Exception {
    faults.inject(
        3, 0.2, List.of(Kind.ANSWER_LOST, Kind.UNAVAILABLE, Kind.REFUSED, Kind.TRUNCATED));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 25; round++) {
        String name = "race-" + round;
        List<Future<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          byte[] content = bytes(0);
          answers.add(threads.submit(() -> store.createIfAbsent(name, content)));
        }
        int winners = 0;
        for (Future<Boolean> answer : answers) {
          winners += answer.get() ? 1 : 0;
        }
        assertThat(winners).as(name).isOne();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(faults.injected()).containsKeys(Kind.ANSWER_LOST, Kind.UNAVAILABLE);
  }

  @Test
  void contentThatIsDamagedEveryTimeIsRefusedWithItsNameAndBothSums() throws IOException {
    store.write("one", bytes(1));
    faults.inject(1, 1, List.of(Kind.FLIPPED));

    assertThatThrownBy(() -> store.read("one"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("gs://bucket/a/study/one: " + bytes(1).length + " bytes with CRC32C ")
        .hasMessageContaining("instead of " + Crc32c.base64(bytes(1)));
  }

  @Test
  void uploadsCarryTheirChecksum() throws IOException {
    store.write("one", bytes(1));
    store.createIfAbsent("two", bytes(2));

    assertThat(google.uploadsWithSum()).isEqualTo(2);
  }

  @Test
  void aServerThatIsGoneIsGivenUpWithTheObjectsName() {
    google.close();

    assertThatThrownBy(() -> store.write("one", bytes(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("gs://bucket/a/study/one");
  }

  @Test
  void namesAreListedAThousandARequest() throws IOException {
    for (int i = 0; i < 2500; i++) {
      google.put("bucket", "a/study/ledger/train/%04x".formatted(i), new byte[1]);
    }
    int before = google.listRequests();

    assertThat(store.list("ledger/train/")).hasSize(2500).isSorted();

    assertThat(google.listRequests() - before).isEqualTo(3);
  }

  @Test
  void partsOfAnObjectAreReadAlone() throws IOException {
    store.write("one", bytes(1));
    byte[] all = bytes(1);

    assertThat(store.readRange("one", 100, 50)).contains(Arrays.copyOfRange(all, 100, 150));
    assertThat(store.readRange("one", all.length - 5, 50))
        .contains(Arrays.copyOfRange(all, all.length - 5, all.length));
    assertThat(store.readRange("two", 0, 5)).isEmpty();
  }

  @Test
  void anAddressNamesItsServer() throws IOException {
    String address = ObjectStores.through(google.url(), "gs://other/x");
    ObjectStores.open(address).write("one", bytes(1));

    assertThat(google.sizes("gs://other/x/")).containsOnlyKeys("one");
    assertThat(ObjectStores.withoutEndpoint(address)).isEqualTo("gs://other/x");
    assertThat(ObjectStores.endpoint(address)).contains(google.url());
    assertThat(ObjectStores.through(google.url(), "/a/folder")).isEqualTo("/a/folder");
    assertThatThrownBy(() -> ObjectStores.through("localhost", "gs://b/c"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("endpoint (localhost) must be a URL");
  }
}
