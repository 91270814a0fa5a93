package dev.terrain.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.terrain.v1.Cell;
import dev.terrain.v1.Failure;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableReaderTest {

  private static final List<Failure> SOME_ROWS =
      List.of(TableFixture.failure("train", "one"), TableFixture.failure("train", "two"));

  @TempDir Path study;

  @Test
  void readsEveryPartInTheOrderOfNamesAndNothingElse() throws IOException {
    Failure first = TableFixture.failure("train", "one");
    Failure second = TableFixture.failure("curvature", "two");
    Failure third = TableFixture.failure("train", "three");
    TableFixture.write(study, Table.FAILURES, "part-00001.avro", List.of(third));
    TableFixture.write(study, Table.FAILURES, "part-00000.avro", List.of(first, second));
    TableFixture.write(study, Table.FAILURES, ".tmp-part-00002.avro", List.of(first));

    assertThat(TableReader.of(study).read(Failure.class)).containsExactly(first, second, third);
  }

  @Test
  void aStudyWithoutTablesIsRefused() {
    assertThatThrownBy(() -> TableReader.of(study).read(Cell.class))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("holds no tables");
    assertThatThrownBy(() -> TableReader.of(study.resolve("no-such-study")).read(Cell.class))
        .isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void aMissingFileIsNamedWithWhatToDo() throws IOException {
    TableFixture.write(study, Table.FAILURES, "part-0.avro", SOME_ROWS);
    Path second = TableFixture.write(study, Table.FAILURES, "part-1.avro", SOME_ROWS);
    Path only = study.resolve("tables/cells/part-00000-of-00001.avro");
    Files.delete(second);
    Files.delete(only);

    refuses(Failure.class)
        .hasMessageContaining("tables/failures/part-1.avro is missing")
        .hasMessageContaining("--rebuild-tables");
    refuses(Cell.class).hasMessageContaining("tables/cells/part-00000-of-00001.avro is missing");
  }

  @Test
  void everyChangedBitIsFoundBeforeTheFirstRow() throws IOException {
    TableFixture.write(study, Table.FAILURES, "part-0.avro", SOME_ROWS);
    Path second = TableFixture.write(study, Table.FAILURES, "part-1.avro", SOME_ROWS);
    byte[] sound = Files.readAllBytes(second);
    for (int bit = 0; bit < 8 * sound.length; bit++) {
      byte[] damaged = sound.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(second, damaged);
      List<Object> rows = new ArrayList<>();
      assertThatThrownBy(() -> TableReader.of(study).forEach(Table.FAILURES, rows::add))
          .as("bit %d", bit)
          .isInstanceOf(DamagedTablesException.class)
          .hasMessageContaining("tables/failures/part-1.avro");
      assertThat(rows).isEmpty();
    }
  }

  @Test
  void aFileThatWasNotWrittenIsNamed() throws IOException {
    Path file = TableFixture.write(study, Table.FAILURES, "part-0.avro", SOME_ROWS);
    Files.copy(file, study.resolve("tables/failures/part-2.avro"));

    refuses(Failure.class).hasMessageContaining("tables/failures/part-2.avro was not written");
  }

  @Test
  void filesOfTwoTablesThatWereSwappedAreNamed() throws IOException {
    Path failures = TableFixture.write(study, Table.FAILURES, "part-0.avro", SOME_ROWS);
    Path cells = study.resolve("tables/cells/part-00000-of-00001.avro");
    byte[] other = Files.readAllBytes(cells);
    Files.copy(failures, cells, StandardCopyOption.REPLACE_EXISTING);
    Files.write(failures, other);

    refuses(Failure.class).hasMessageContaining("tables/failures/part-0.avro is damaged");
    refuses(Cell.class).hasMessageContaining("tables/cells/part-00000-of-00001.avro is damaged");
  }

  @Test
  void tablesWithoutAManifestAreRefused() throws IOException {
    TableFixture.write(study, Table.FAILURES, "part-0.avro", SOME_ROWS);
    Files.delete(study.resolve(TablesManifest.NAME));

    refuses(Failure.class)
        .hasMessageContaining("tables/failures/part-0.avro")
        .hasMessageContaining("there is no tables/manifest.json");
  }

  @Test
  void tablesThatAreReplacedWhileTheyAreReadAreNoMixture() throws IOException {
    TableFixture.write(study, Table.FAILURES, "part-0.avro", SOME_ROWS);
    TableReader reader = TableReader.of(study);
    assertThat(reader.read(Cell.class)).isEmpty();
    TableFixture.write(study, Table.FAILURES, "part-0.avro", List.of());

    assertThatThrownBy(() -> reader.read(Failure.class))
        .isInstanceOf(DamagedTablesException.class)
        .hasMessageContaining("a run has put other tables in the place of these");
    assertThat(TableReader.of(study).read(Failure.class)).isEmpty();
  }

  private AbstractThrowableAssert<?, ?> refuses(Class<? extends SpecificRecord> type) {
    return assertThatThrownBy(() -> TableReader.of(study).read(type))
        .isInstanceOf(DamagedTablesException.class);
  }

  @Test
  void aTruncatedFileNamesItself() throws IOException {
    List<Failure> rows = List.of(TableFixture.failure("train", "some message"));
    Path file = TableFixture.write(study, Table.FAILURES, "part-00007.avro", rows);
    byte[] bytes = Files.readAllBytes(file);

    for (int missing : new int[] {1, 16, 20, bytes.length - 8}) {
      Files.write(file, Arrays.copyOf(bytes, bytes.length - missing));
      assertThatThrownBy(() -> TableReader.of(study).read(Failure.class))
          .as("%d bytes missing", missing)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("tables/failures/part-00007.avro");
    }
  }

  @Test
  void aFileThatIsNotAvroNamesItself() throws IOException {
    Path file = study.resolve("tables/cells/part-00000.avro");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "not avro at all");
    TableFixture.seal(study);

    assertThatThrownBy(() -> TableReader.of(study).read(Cell.class))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tables/cells/part-00000.avro");
  }

  @Test
  void aFileOfAnotherTableNamesItself() throws IOException {
    TableFixture.write(
        study, Table.FAILURES, "part-0.avro", List.of(TableFixture.failure("train", "x")));
    Files.createDirectories(study.resolve("tables/cells"));
    Files.move(
        study.resolve("tables/failures/part-0.avro"), study.resolve("tables/cells/part-0.avro"));
    TableFixture.seal(study);

    assertThatThrownBy(() -> TableReader.of(study).read(Cell.class))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tables/cells/part-0.avro");
  }

  @Test
  void aFileThatPromisesRowsWithoutBytesEndsSoonAndNamesItself() throws IOException {
    Schema empty = Schema.createRecord("Cell", null, "dev.terrain.v1", false, List.of());
    Path file = study.resolve("tables/cells/part-00000.avro");
    Files.createDirectories(file.getParent());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(empty))) {
      writer.create(empty, bytes, new byte[16]);
    }
    BinaryEncoder block = EncoderFactory.get().directBinaryEncoder(bytes, null);
    block.writeLong(1L << 40);
    block.writeLong(0);
    block.writeFixed(new byte[16]);
    Files.write(file, bytes.toByteArray());
    TableFixture.seal(study);

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatThrownBy(() -> TableReader.of(study).forEach(Table.CELLS, row -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tables/cells/part-00000.avro")
                .hasMessageContaining("more records than its bytes can hold"));
  }

  @Test
  void anUnknownTableIsRefusedWithTheNamesThereAre() {
    assertThatThrownBy(() -> Table.named("model"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'model'")
        .hasMessageContaining(
            "models, measurements, spectra, paths, cells, cell_metrics, failures");
    assertThat(Table.named("spectra")).isEqualTo(Table.SPECTRA);
  }
}
