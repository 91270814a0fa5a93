package dev.terrain.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.terrain.data.IdxFileReader;
import dev.terrain.ledger.FailedUnits;
import dev.terrain.ledger.Ledger;
import dev.terrain.store.ObjectStore;
import dev.terrain.study.PlanFiles;
import dev.terrain.study.StoredManifest;
import dev.terrain.study.StudyTables;
import dev.terrain.sweep.InvalidSweepException;
import dev.terrain.sweep.SweepFile;
import dev.terrain.tables.Table;
import dev.terrain.tables.TableReader;
import dev.terrain.tables.TablesManifest;
import dev.terrain.v1.Failure;
import dev.terrain.v1.Model;
import dev.terrain.v1.UnitResult;
import dev.terrain.weights.Checkpoints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is read of files that were damaged by chance or by malice: each reader ends soon, with a
 * message that names the file if it ends with one, and takes no more memory than such files need.
 */
@Tag("engine")
class HostileFilesTest {
  private static final int DAMAGES = 400;
  private static final long MOST_BYTES = 64 << 20;

  /** Of the processor: others may keep it busy. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  @TempDir private static Path folder;
  private static SmallStudy study;
  private static ObjectStore store;
  private static String modelId;
  private static String trainingKey;

  @BeforeAll
  static void run() throws IOException {
    study = new SmallStudy(folder);
    study.run(SmallStudy.SWEEP);
    store = study.store();
    Model model = TableReader.of(folder).read(Model.class).get(0);
    modelId = model.getModelId();
    trainingKey = model.getKey();
  }

  /** Reads a file that is in its place. */
  @FunctionalInterface
  private interface Reader {
    void read() throws IOException;
  }

  private static void check(String name, Reader reader) throws IOException {
    check(name, store.read(name).orElseThrow(), reader);
  }

  private static void check(String name, byte[] valid, Reader reader) throws IOException {
    check(store, name, valid, reader);
  }

  private static void check(ObjectStore store, String name, byte[] valid, Reader reader)
      throws IOException {
    reader.read();
    Mutation mutation = new Mutation(11);
    int refused = 0;
    for (int i = 0; i < DAMAGES; i++) {
      byte[] damaged = mutation.of(valid);
      store.write(name, damaged);
      if (isRefused("damage " + i + " of " + name, name, reader)) {
        refused++;
      }
    }
    store.write(name, valid);
    assertThat(refused).as("damages noticed").isGreaterThan(DAMAGES / 10);
  }

  private static boolean isRefused(String what, String name, Reader reader) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long bytes = threads.getCurrentThreadAllocatedBytes();
    long start = threads.getCurrentThreadCpuTime();
    boolean refused = refuses(what, name, reader);
    assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start))
        .as(what)
        .isLessThan(LONGEST);
    long used = threads.getCurrentThreadAllocatedBytes() - bytes;
    if (used >= MOST_BYTES) {
      // What the JVM loads on the way it loads once; what the file costs it costs again.
      bytes = threads.getCurrentThreadAllocatedBytes();
      refuses(what, name, reader);
      used = threads.getCurrentThreadAllocatedBytes() - bytes;
    }
    assertThat(used).as(what).isLessThan(MOST_BYTES);
    return refused;
  }

  private static boolean refuses(String what, String name, Reader reader) {
    try {
      reader.read();
      return false;
    } catch (IOException | InvalidSweepException e) {
      assertThat(e.getMessage()).as(what).contains(name);
      return true;
    } catch (RuntimeException | Error e) {
      return fail(what, e);
    }
  }

  @Test
  void sweepFiles() throws IOException {
    check(
        "sweep.yaml",
        SmallStudy.YAML.getBytes(StandardCharsets.UTF_8),
        () -> SweepFile.read(writtenOrSmall("sweep.yaml")));
  }

  /** The first reading is before the first damage. */
  private static Path writtenOrSmall(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file) ? file : Files.writeString(file, SmallStudy.YAML);
  }

  @Test
  void plans() throws IOException {
    check("plan.json", () -> new PlanFiles(store).current());
  }

  @Test
  void ledgerRecords() throws IOException {
    check(Ledger.name("train", trainingKey), () -> new Ledger(store).find("train", trainingKey));
  }

  @Test
  void ledgerRecordsWithoutAHash() throws IOException {
    String name = Ledger.name("train", trainingKey);
    UnitResult record = new Ledger(store).find("train", trainingKey).orElseThrow();
    byte[] own = store.read(name).orElseThrow();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (DataFileWriter<UnitResult> writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(UnitResult.class))) {
      writer.create(UnitResult.getClassSchema(), file);
      writer.append(record);
    }
    store.write(name, file.toByteArray());
    check(name, file.toByteArray(), () -> new Ledger(store).find("train", trainingKey));
    store.write(name, own);
  }

  @Test
  void segmentsOfTheLedger() throws IOException {
    ObjectStore packed = packed();
    String name = nameOf(packed, ".records");
    check(
        packed,
        name,
        packed.read(name).orElseThrow(),
        () -> new Ledger(packed).find("train", trainingKey));
  }

  @Test
  void indicesOfSegments() throws IOException {
    ObjectStore packed = packed();
    String name = nameOf(packed, ".index");
    byte[] valid = packed.read(name).orElseThrow();
    Mutation mutation = new Mutation(4);
    for (int i = 0; i < DAMAGES; i++) {
      packed.write(name, mutation.of(valid));
      String what = "damage " + i + " of " + name;
      isRefused(
          what,
          name,
          () -> assertThat(new Ledger(packed).find("train", trainingKey)).as(what).isPresent());
    }
  }

  private static ObjectStore packed() throws IOException {
    SmallStudy copy = study.copyTo(Files.createTempDirectory(folder, "packed"));
    copy.open(SmallStudy.SWEEP).compact(2);
    return copy.store();
  }

  private static String nameOf(ObjectStore packed, String ending) throws IOException {
    return packed.list("segments/train/").stream()
        .filter(name -> name.endsWith(ending))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void weights() throws IOException {
    check(Checkpoints.name(modelId), () -> new Checkpoints(store).load(modelId));
  }

  @Test
  void savedProgress() throws IOException {
    String name = Checkpoints.progressName(modelId);
    Checkpoints checkpoints = new Checkpoints(store);
    checkpoints.saveProgress(
        modelId, checkpoints.load(modelId).tensors(), Map.of("epochs", "3", "key", trainingKey));
    byte[] valid = store.read(name).orElseThrow();
    Mutation mutation = new Mutation(5);
    for (int i = 0; i < DAMAGES; i++) {
      store.write(name, mutation.of(valid));
      isRefused("damage " + i, name, () -> checkpoints.loadProgress(modelId));
      isRefused("damage " + i, name, () -> checkpoints.progressMetadata(modelId));
    }
    store.delete(name);
  }

  @Test
  void tables() throws IOException {
    for (Table table : new Table[] {Table.MODELS, Table.MEASUREMENTS}) {
      String name = store.list("tables/" + table.folder() + "/").get(0);
      check(name, () -> StudyTables.of(store).forEach(table, row -> {}));
    }
  }

  @Test
  void failures() throws IOException {
    Failure failure =
        Failure.newBuilder()
            .setStage("train")
            .setKey("ab".repeat(32))
            .setExceptionClass("java.io.IOException")
            .setMessage("no")
            .setAttempt(1)
            .setFailedAt(java.time.Instant.EPOCH)
            .build();
    FailedUnits failed = new FailedUnits(store);
    failed.record(failure);
    String name = store.list("failed/train/").get(0);
    byte[] valid = store.read(name).orElseThrow();
    Mutation mutation = new Mutation(6);
    for (int i = 0; i < DAMAGES; i++) {
      store.write(name, mutation.of(valid));
      assertThat(isRefused("damage " + i, name, () -> failed.find("train", failure.getKey())))
          .as("what cannot be read is no failure")
          .isFalse();
    }
    store.delete(name);
  }

  @Test
  void manifests() throws IOException {
    String name = TablesManifest.NAME;
    byte[] valid = store.read(name).orElseThrow();
    Mutation mutation = new Mutation(8);
    for (int i = 0; i < DAMAGES; i++) {
      store.write(name, mutation.of(valid));
      isRefused("damage " + i, name, () -> new StoredManifest(store).read());
    }
    store.write(name, valid);
  }

  @Test
  void imagesOfDataSets() throws IOException {
    byte[] valid = IdxFileReader.images();
    IdxFileReader.read(valid, "images.gz");
    Mutation mutation = new Mutation(9);
    int refused = 0;
    for (int i = 0; i < 4 * DAMAGES; i++) {
      byte[] damaged = mutation.of(valid);
      if (isRefused("damage " + i, "images.gz", () -> IdxFileReader.read(damaged, "images.gz"))) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(DAMAGES);
  }
}
