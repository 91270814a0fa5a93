package dev.terrain.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.terrain.v1.Cell;
import dev.terrain.v1.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableReaderTest {

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
  void aMissingTableReadsAsEmpty() throws IOException {
    assertThat(TableReader.of(study).read(Cell.class)).isEmpty();
    assertThat(TableReader.of(study.resolve("no-such-study")).read(Cell.class)).isEmpty();
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
        .hasMessageContaining("models, measurements, spectra, paths, cells, failures");
    assertThat(Table.named("spectra")).isEqualTo(Table.SPECTRA);
  }
}
