package dev.terrain.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrain.v1.Cell;
import dev.terrain.v1.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that a stream adds to have no manifest; their files are held against their names. */
class StreamedFilesTest {
  private static final Failure FIRST = TableFixture.failure("train", "one");
  private static final Failure SECOND = TableFixture.failure("train", "two");

  @TempDir private Path study;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = TableFixture.stream(study, Table.FAILURES, List.of(FIRST));
    TableFixture.stream(study, Table.FAILURES, List.of(SECOND));
  }

  private String refusal() {
    Throwable[] thrown = new Throwable[1];
    assertThatThrownBy(() -> TableReader.of(study).read(Failure.class))
        .isInstanceOf(DamagedTablesException.class)
        .satisfies(e -> thrown[0] = e);
    return thrown[0].getMessage();
  }

  @Test
  void streamedTables_areReadWithoutAManifest_andATableWithoutRowsYetIsEmpty() throws IOException {
    assertThat(TableReader.of(study).read(Failure.class)).containsExactlyInAnyOrder(FIRST, SECOND);
    assertThat(TableReader.of(study).read(Cell.class)).isEmpty();
  }

  @Test
  void aChangedBit_isFound_alsoInTheHeader() throws IOException {
    byte[] sound = Files.readAllBytes(file);
    for (int bit = 3; bit < 8 * sound.length; bit += 41) {
      byte[] damaged = sound.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, damaged);
      assertThat(refusal()).as("bit %d", bit).contains(file.getFileName() + " is damaged");
    }
  }

  @Test
  void aDeletedFile_isMissed() throws IOException {
    Files.delete(file);

    assertThat(refusal()).contains(file.getFileName() + " is missing");
  }

  @Test
  void aFileOfANameThatNoStreamGives_isRefused() throws IOException {
    Files.copy(file, file.resolveSibling("part-stream-mine.avro"));

    assertThat(refusal()).contains("part-stream-mine.avro");
  }

  @Test
  void aFileWhoseWriterWasKilledBeforeItSaidSo_isRead() throws IOException {
    TableFixture.forgetStreamed(study);

    assertThat(TableReader.of(study).read(Failure.class)).containsExactlyInAnyOrder(FIRST, SECOND);
  }

  @Test
  void aFileThatIsNamedByItsRows_asEarlierStreamsDid_isHeldAgainstThem() throws IOException {
    byte[] sound = Files.readAllBytes(file);
    String rows = TablesManifest.sha256(TableFixture.encoded(FIRST)).substring(0, 32);
    Path old = file.resolveSibling("part-stream-" + rows + ".avro");
    Files.move(file, old);
    TableFixture.forgetStreamed(study);
    assertThat(TableReader.of(study).read(Failure.class)).containsExactlyInAnyOrder(FIRST, SECOND);

    byte[] damaged = sound.clone();
    damaged[sound.length - 20] ^= 4;
    Files.write(old, damaged);
    assertThat(refusal()).contains(old.getFileName() + " is damaged");
  }

  @Test
  void besideTablesOfARun_bothAreHeldAgainstWhatWasWritten() throws IOException {
    TableFixture.write(study, Table.FAILURES, "part-00000-of-00001.avro", List.of(FIRST));
    assertThat(TableReader.of(study).read(Failure.class)).containsExactlyInAnyOrder(FIRST, SECOND);

    Files.writeString(study.resolve("tables/failures/part-00000-of-00001.avro"), "x");
    assertThat(refusal()).contains("part-00000-of-00001.avro is damaged");
  }
}
