package dev.terrain.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.tables.Table;
import dev.terrain.v1.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableCheckTest {
  @TempDir private Path folder;
  private ObjectStore store;

  @BeforeEach
  void open() {
    store = ObjectStores.open(folder.toString());
  }

  @Test
  void asManyRowsAsWereWrittenAreAccepted() throws IOException {
    write("part-00000-of-00002.avro", 3);
    write("part-00001-of-00002.avro", 2);

    new TableCheck(store).check(Map.of(Table.FAILURES, 5L), 2);

    assertThat(store.list("tables/failures/")).hasSize(2);
  }

  @Test
  void anotherNumberOfRowsIsRefused() throws IOException {
    write("part-00000-of-00001.avro", 3);

    for (long counted : new long[] {2, 4}) {
      assertThatThrownBy(() -> new TableCheck(store).check(Map.of(Table.FAILURES, counted), 1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("table failures holds 3 rows, but " + counted + " were written")
          .hasMessageContaining(store.uri("tables/failures"));
    }
  }

  @Test
  void aTableWithoutRowsIsAnEmptyFileInThePlaceOfEarlierRows() throws IOException {
    write("part-00000-of-00002.avro", 3);
    write("part-00001-of-00002.avro", 2);

    new TableCheck(store).check(Map.of(), 2);

    assertThat(store.list("tables/failures/"))
        .containsExactly("tables/failures/part-00000-of-00001.avro");
    assertThat(StudyTables.of(store).read(Failure.class)).isEmpty();
    assertThat(store.list("tables/")).hasSize(Table.values().length);
  }

  @Test
  void aTableThatWasNotWrittenIsRefused() {
    assertThatThrownBy(() -> new TableCheck(store).check(Map.of(Table.CELLS, 1L), 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("table cells holds 0 rows");
  }

  @Test
  void partsOfAnotherCutAreRemovedAndOtherFilesStay() throws IOException {
    write("part-00000-of-00001.avro", 3);
    write("part-00000-of-00002.avro", 1);
    write("part-00001-of-00002.avro", 1);
    store.write("tables/failures/notes.txt", new byte[0]);

    new TableCheck(store).check(Map.of(Table.FAILURES, 3L), 1);

    assertThat(store.list("tables/failures/"))
        .containsExactlyInAnyOrder(
            "tables/failures/notes.txt", "tables/failures/part-00000-of-00001.avro");
  }

  @Test
  void whatAStreamHasAddedIsReplaced() throws IOException {
    write("part-00000-of-00001.avro", 3);
    write("part-stream-0123.avro", 2);

    new TableCheck(store).check(Map.of(Table.FAILURES, 3L), 1);

    assertThat(store.list("tables/failures/"))
        .containsExactly("tables/failures/part-00000-of-00001.avro");
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
    store.write("tables/failures/" + file, bytes.toByteArray());
  }
}
