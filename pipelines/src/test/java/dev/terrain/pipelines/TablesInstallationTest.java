package dev.terrain.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.beam.tables.AppendTables;
import dev.terrain.beam.tables.WriteTables;
import dev.terrain.ledger.TablesLease;
import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.study.StoredManifest;
import dev.terrain.study.StudyTables;
import dev.terrain.tables.DamagedTablesException;
import dev.terrain.tables.Table;
import dev.terrain.tables.TablesManifest;
import dev.terrain.tables.TablesOwner;
import dev.terrain.v1.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesInstallationTest {
  private static final TablesOwner OWNER = new TablesOwner("own", "plan.json", "ab", "run");

  @TempDir private Path folder;
  private ObjectStore store;

  @BeforeEach
  void open() {
    store = ObjectStores.open(folder.toString());
  }

  private TablesManifest install(Map<Table, Long> counted, int parts) throws IOException {
    return install("run", Optional.of(counted), parts);
  }

  private TablesManifest install(String run, Optional<Map<Table, Long>> counted, int parts)
      throws IOException {
    try (TablesLease lease = TablesLease.await(store)) {
      return new TablesInstallation(store, new StagedTables(run, parts))
          .install(lease, OWNER, counted, 5L);
    }
  }

  private List<String> files() throws IOException {
    return store.list("tables/failures/");
  }

  @Test
  void asManyRowsAsWereWritten_arePutInTheirPlaces_withAManifestOfThem() throws IOException {
    stage("run", 0, 2, 3);
    stage("run", 1, 2, 2);

    TablesManifest manifest = install(Map.of(Table.FAILURES, 5L), 2);

    assertThat(files())
        .containsExactly(
            "tables/failures/part-00000-of-00002.avro", "tables/failures/part-00001-of-00002.avro");
    assertThat(StudyTables.of(store).read(Failure.class)).hasSize(5);
    assertThat(manifest.owner()).isEqualTo(OWNER);
    assertThat(manifest.units()).isEqualTo(5);
    assertThat(new StoredManifest(store).read()).contains(manifest);
  }

  @Test
  void anotherNumberOfRows_isRefused_andTheEarlierTablesStay() throws IOException {
    stage("earlier", 0, 1, 1);
    TablesManifest earlier = install("earlier", Optional.empty(), 1);
    stage("run", 0, 1, 3);

    for (long counted : new long[] {2, 4}) {
      assertThatThrownBy(() -> install(Map.of(Table.FAILURES, counted), 1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(
              counted + " rows were written to table failures, but its files hold 3");
    }
    assertThat(new StoredManifest(store).read()).contains(earlier);
    assertThat(StudyTables.of(store).read(Failure.class)).hasSize(1);
  }

  @Test
  void aTableWithoutRows_isAnEmptyFileInThePlaceOfEarlierRows() throws IOException {
    stage("earlier", 0, 2, 3);
    stage("earlier", 1, 2, 2);
    install("earlier", Optional.empty(), 2);

    install(Map.of(), 2);

    assertThat(files()).containsExactly("tables/failures/part-00000-of-00001.avro");
    assertThat(StudyTables.of(store).read(Failure.class)).isEmpty();
    assertThat(store.list("tables/")).hasSize(Table.values().length + 1);
  }

  @Test
  void aTableThatWasNotWritten_orNotAsAWhole_isRefused() throws IOException {
    assertThatThrownBy(() -> install(Map.of(Table.CELLS, 1L), 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("1 rows were written to table cells, but its files hold 0");
    stage("run", 1, 3, 2);
    assertThatThrownBy(() -> install("run", Optional.empty(), 3))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("of table failures 1 files of 3 were written");
  }

  @Test
  void partsOfAnotherCutAndOfStreamsAreRemoved_andOtherFilesStay() throws IOException {
    stage("earlier", 0, 2, 1);
    stage("earlier", 1, 2, 1);
    install("earlier", Optional.empty(), 2);
    String streamed = "tables/failures/part-stream-" + "ab".repeat(32) + ".avro";
    store.write(streamed, new byte[1]);
    store.write(AppendTables.markerName(streamed), new byte[0]);
    store.write("tables/failures/part-9.avro", new byte[1]);
    store.write("tables/failures/notes.txt", new byte[0]);
    stage("run", 0, 1, 3);
    stage("later", 0, 1, 1);

    install(Map.of(Table.FAILURES, 3L), 1);

    assertThat(files())
        .containsExactlyInAnyOrder(
            WriteTables.stagedName("failures", "later", 0, 1),
            "tables/failures/notes.txt",
            "tables/failures/part-00000-of-00001.avro");
    assertThat(store.list("tables/streamed/")).isEmpty();
    assertThat(StudyTables.of(store).read(Failure.class)).hasSize(3);
  }

  @Test
  void whoLostTheLeaseWhileItWrote_saysNothingOfTheTables() throws IOException {
    stage("run", 0, 1, 3);
    try (TablesLease lease = TablesLease.await(store)) {
      // As another process does that has not heard of this one for too long.
      String held = store.list("leases/tables/").get(0);
      store.write(held.replaceFirst("1$", "2"), "elsewhere 1 2 3".getBytes(UTF_8));
      assertThatThrownBy(
              () ->
                  new TablesInstallation(store, new StagedTables("run", 1))
                      .install(lease, OWNER, Optional.empty(), 5L))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another run writes " + store.uri("tables"));
    }
    assertThat(new StoredManifest(store).read()).isEmpty();
    // The other process ends, too.
    for (String object : store.list("leases/")) {
      store.delete(object);
    }
  }

  @Test
  void aRunThatEndsOnTheWay_leavesTablesThatNobodyTakesForWhole() throws IOException {
    stage("earlier", 0, 1, 1);
    install("earlier", Optional.empty(), 1);
    List<String> written = new ArrayList<>();
    for (int last = 0; last <= Table.values().length; last++) {
      stage("run", 0, 1, 3);
      ObjectStore dying = DyingStore.of(store, last, written);
      try (TablesLease lease = TablesLease.await(store)) {
        assertThatThrownBy(
                () ->
                    new TablesInstallation(dying, new StagedTables("run", 1))
                        .install(lease, OWNER, Optional.empty(), 5L))
            .hasMessage("killed");
      }
      assertThatThrownBy(() -> StudyTables.of(store).read(Failure.class))
          .as("after %d files", last)
          .isInstanceOf(DamagedTablesException.class);
    }
    assertThat(written).isNotEmpty();
    install(Map.of(Table.FAILURES, 3L), 1);
    assertThat(StudyTables.of(store).read(Failure.class)).hasSize(3);
  }

  private void stage(String run, int part, int parts, int rows) throws IOException {
    write(WriteTables.stagedName("failures", run, part, parts), rows);
  }

  private void write(String file, int rows) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter<Failure> writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(Failure.class))) {
      writer.create(Failure.getClassSchema(), bytes);
      for (int i = 0; i < rows; i++) {
        writer.append(
            Failure.newBuilder()
                .setStage("train")
                .setExceptionClass("java.io.IOException")
                .setMessage(file)
                .setAttempt(1)
                .setFailedAt(Instant.EPOCH)
                .build());
      }
    }
    store.write(file, bytes.toByteArray());
  }
}
