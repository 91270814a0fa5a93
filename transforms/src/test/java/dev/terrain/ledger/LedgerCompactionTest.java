package dev.terrain.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerCompactionTest {
  private static final List<String> KEYS =
      IntStream.range(0, 40).mapToObj("%04x"::formatted).toList();

  @TempDir Path folder;
  private ObjectStore store;

  @BeforeEach
  void record() throws IOException {
    store = ObjectStores.open(folder.toString());
    for (String key : KEYS) {
      new Ledger(store).record(result(key));
    }
  }

  private static UnitResult result(String key) {
    return UnitResult.newBuilder(Samples.unitResult("train", key))
        .setDurationMs(Integer.parseInt(key, 16))
        .build();
  }

  private LedgerCompaction.Outcome compact() throws IOException {
    return new LedgerCompaction(store).compact("train", 2);
  }

  @Test
  void packedRecordsAreFoundAsBeforeAndTakeTwoObjects() throws IOException {
    Ledger before = new Ledger(store);
    assertThat(before.find("train", KEYS.get(1))).contains(result(KEYS.get(1)));

    assertThat(compact()).isEqualTo(new LedgerCompaction.Outcome(40, 1, 40));

    assertThat(store.list("")).hasSize(2).allMatch(name -> name.startsWith("segments/train/"));
    for (String key : KEYS) {
      assertThat(new Ledger(store).find("train", key)).contains(result(key));
    }
    assertThat(new Ledger(store).keys("train")).containsExactlyInAnyOrderElementsOf(KEYS);
    assertThat(new Ledger(store).latestKeys("train")).containsExactlyInAnyOrderElementsOf(KEYS);
    assertThat(new Ledger(store).summary("train", "0007"))
        .contains(new RecordSummary(true, 7, result("0007").getComputedAt()));
    assertThat(new Ledger(store).find("train", "ffff")).isEmpty();
    assertThat(new Ledger(store).find("curvature", "0007")).isEmpty();
  }

  @Test
  void oneMoreCompactionPacksOnlyWhatIsNew() throws IOException {
    compact();
    new Ledger(store).record(result("aaaa"));

    assertThat(compact()).isEqualTo(new LedgerCompaction.Outcome(0, 0, 0));
    new Ledger(store).record(result("bbbb"));
    assertThat(compact()).isEqualTo(new LedgerCompaction.Outcome(2, 1, 2));
    assertThat(new Ledger(store).keys("train")).hasSize(42);
  }

  @Test
  void aForgottenRecordIsGoneAndTheOthersOfItsSegmentStay() throws IOException {
    compact();
    Ledger ledger = new Ledger(store);

    ledger.forget("train", "0003");

    assertThat(ledger.find("train", "0003")).isEmpty();
    assertThat(ledger.keys("train")).hasSize(39).doesNotContain("0003");
    assertThat(new Ledger(store).find("train", "0004")).contains(result("0004"));
    assertThat(store.list("segments/")).isEmpty();
  }

  @Test
  void aCompactionThatWasKilledBetweenItsStepsLosesNothingAndIsFinishedByTheNext()
      throws IOException {
    byte[] single = store.read(Ledger.name("train", "0005")).orElseThrow();
    compact();
    // What is left if it dies before the single records are removed.
    store.write(Ledger.name("train", "0005"), single);
    store.write(Ledger.name("train", "eeee"), UnitResultFile.encode(result("eeee")));
    // What is left if it dies before the index is written.
    store.write("segments/train/" + "0".repeat(64) + ".records", new byte[100]);

    assertThat(new Ledger(store).find("train", "0005")).contains(result("0005"));
    assertThat(new Ledger(store).keys("train")).hasSize(41);
    assertThat(compact()).isEqualTo(new LedgerCompaction.Outcome(1, 1, 2));
    assertThat(new Ledger(store).keys("train")).hasSize(41);
  }

  @Test
  void singleRecordsStayWhileAProcessHoldsALease() throws IOException {
    try (UnitLease lease = new UnitLease(store, "train", "abcd")) {
      assertThat(lease.acquire()).isTrue();
      assertThat(compact()).isEqualTo(new LedgerCompaction.Outcome(40, 1, 0));
      assertThat(store.list("ledger/")).hasSize(40);
    }
    assertThat(compact()).isEqualTo(new LedgerCompaction.Outcome(0, 0, 40));
    assertThat(store.list("ledger/")).isEmpty();
  }

  @Test
  void leasesOfProcessesThatWereKilledKeepNoRecords() throws IOException {
    LeaseHolder gone = new LeaseHolder(LeaseHolder.THIS_PROCESS.host(), 1, 1);
    store.write("leases/train/ab/abcd-1", gone.lease(7));
    store.write("leases/train/cd/cdef-1", "elsewhere 77 1000 5".getBytes(UTF_8));
    assertThat(compact())
        .as("the other may live")
        .isEqualTo(new LedgerCompaction.Outcome(40, 1, 0));

    store.delete("leases/train/cd/cdef-1");
    assertThat(compact()).isEqualTo(new LedgerCompaction.Outcome(0, 0, 40));
    assertThat(store.list("ledger/")).isEmpty();
  }

  @Test
  void aRecordThatCannotBeReadStaysWhereItIs() throws IOException {
    store.write(Ledger.name("train", "0009"), new byte[] {1, 2, 3});

    assertThat(compact()).isEqualTo(new LedgerCompaction.Outcome(39, 1, 39));
    assertThat(store.list("ledger/")).containsExactly(Ledger.name("train", "0009"));
  }

  @Test
  void damageOfASegmentIsNamedWithItsFile() throws IOException {
    compact();
    Path records = onlyFile(".records");
    byte[] bytes = Files.readAllBytes(records);
    bytes[bytes.length - 30]++;
    Files.write(records, bytes);
    assertThatThrownBy(() -> new Ledger(store).find("train", "0027"))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessageContaining(records.toString());
    assertThat(new Ledger(store).find("train", "0000")).contains(result("0000"));

    Files.write(records, new byte[10]);
    assertThatThrownBy(() -> new Ledger(store).find("train", "0010"))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessageContaining(records.toString());
  }

  @Test
  void aDamagedIndexLosesNothingAsTheRecordsThemselvesAreRead() throws IOException {
    compact();
    Path index = onlyFile(".index");
    byte[] sound = Files.readAllBytes(index);
    byte[] damaged = sound.clone();
    // Still a message: the place of one record is another.
    damaged[20]++;
    for (byte[] content : List.of(damaged, new byte[0], new byte[] {1, 2, 3})) {
      Files.write(index, content);

      Ledger ledger = new Ledger(store);
      assertThat(ledger.keys("train")).containsExactlyInAnyOrderElementsOf(KEYS);
      for (String key : KEYS) {
        assertThat(ledger.find("train", key)).contains(result(key));
        assertThat(ledger.summary("train", key)).contains(RecordSummary.of(result(key)));
      }
    }
  }

  @Test
  void ofASegmentOfWhichBothFilesAreDamagedTheRecordsBeforeTheDamageAreFound() throws IOException {
    compact();
    Files.write(onlyFile(".index"), new byte[0]);
    Path records = onlyFile(".records");
    byte[] bytes = Files.readAllBytes(records);
    bytes[bytes.length / 2]++;
    Files.write(records, bytes);

    Ledger ledger = new Ledger(store);
    assertThat(ledger.find("train", "0010")).contains(result("0010"));
    assertThat(ledger.find("train", "0020")).isEmpty();
    assertThat(ledger.keys("train")).hasSizeBetween(17, 22);
  }

  private Path onlyFile(String ending) throws IOException {
    return folder.resolve(
        store.list("segments/").stream()
            .filter(name -> name.endsWith(ending))
            .findFirst()
            .orElseThrow());
  }

  @Test
  void readersBesideCompactionAndForgettingMissNothing() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> reads =
          reader.submit(
              () -> {
                Ledger ledger = new Ledger(store);
                int count = 0;
                while (!ended.get()) {
                  for (String key : KEYS.subList(1, 40)) {
                    // A ledger that was opened before may not know of a new segment yet.
                    if (ledger.find("train", key).isEmpty()) {
                      ledger = new Ledger(store);
                      assertThat(ledger.find("train", key)).as(key).isPresent();
                    }
                    count++;
                  }
                }
                return count;
              });
      for (int i = 0; i < 20; i++) {
        compact();
        new Ledger(store).forget("train", "0000");
        new Ledger(store).record(result("0000"));
      }
      ended.set(true);
      assertThat(reads.get()).isPositive();
    } finally {
      ended.set(true);
      reader.shutdownNow();
    }
  }
}
