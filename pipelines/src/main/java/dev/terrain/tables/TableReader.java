package dev.terrain.tables;

import dev.terrain.v1.AvroLimits;
import dev.terrain.v1.ContainerBounds;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads the tables of a study: the rows of {@code tables/<table>/part-*.avro}, part after part in
 * the order of their names. Rows of an older schema are resolved to today's.
 *
 * <p>No row is handed on before the files of its table have been held against what was written to
 * them, as {@code tables/manifest.json} tells, or the name of a file that a stream has added. All
 * tables that one reader reads are those of its first look; when a run puts others in their place
 * meanwhile, that is an error.
 *
 * <p>Files that a stream has written may hold several rows of one thing; where there are such files
 * only its latest row is given, in time twice that of reading the rows.
 */
public final class TableReader {

  /** What is done with each row. */
  @FunctionalInterface
  public interface RowConsumer<R> {
    void accept(R row) throws IOException;
  }

  static {
    AvroLimits.set();
  }

  private final VerifiedFiles files;

  public TableReader(TableFiles files) {
    this.files = new VerifiedFiles(files);
  }

  /** Reader of the tables that a manifest tells of, whatever the study's own says. */
  public TableReader(TableFiles files, TablesManifest manifest) {
    this.files = new VerifiedFiles(files, manifest);
  }

  /** Reader of a study's folder on this machine. */
  public static TableReader of(Path study) {
    return new TableReader(TableFiles.local(study));
  }

  /**
   * All rows of the table of a record type.
   *
   * @throws FileNotFoundException if the study has no tables
   * @throws DamagedTablesException if its files are not what was written; the message names one
   */
  public <R extends SpecificRecord> List<R> read(Class<R> type) throws IOException {
    List<R> rows = new ArrayList<>();
    forEach(Table.of(type), row -> rows.add(type.cast(row)));
    return rows;
  }

  /**
   * Hands on the rows of a table one at a time.
   *
   * @throws FileNotFoundException if the study has no tables
   * @throws DamagedTablesException before the first row, if the table's files are not what was
   *     written; the message names one
   * @throws IOException from the consumer
   */
  public void forEach(Table table, RowConsumer<? super SpecificRecord> consumer)
      throws IOException {
    List<String> names = files.names(table);
    if (names.stream().noneMatch(StreamedFile::isName)) {
      if (names.size() > 1) {
        // Of a single file every byte is looked at before its first row is; of more only by this.
        for (String name : names) {
          files.read(name);
        }
      }
      forEachWritten(table, consumer);
      return;
    }
    Set<Long> latest = LatestRows.of(table, this);
    long[] number = {0};
    forEachWritten(
        table,
        row -> {
          if (latest.contains(number[0]++)) {
            consumer.accept(row);
          }
        });
  }

  /**
   * Names in the study of the files of a table, sorted.
   *
   * @throws FileNotFoundException if the study has no tables
   * @throws DamagedTablesException if there are others than were written; the message names one
   */
  public List<String> files(Table table) throws IOException {
    return files.names(table);
  }

  /**
   * Makes sure that a file of a table, which holds bytes of some SHA-256, holds what was written.
   *
   * @throws DamagedTablesException if it does not
   */
  public void checkFile(String name, String sha256) throws IOException {
    files.check(name, sha256);
  }

  /**
   * Number of rows in a file.
   *
   * @param name what the file is called in messages
   * @throws DamagedTablesException if it is no file of the table
   */
  public static long count(Table table, String name, byte[] file) throws IOException {
    long[] rows = {0};
    readFile(table, name, file, row -> rows[0]++);
    return rows[0];
  }

  /** Hands on every row that was ever written. */
  void forEachWritten(Table table, RowConsumer<? super SpecificRecord> consumer)
      throws IOException {
    for (String name : files.names(table)) {
      readFile(table, name, files.read(name), consumer);
    }
  }

  private static void readFile(
      Table table, String name, byte[] file, RowConsumer<? super SpecificRecord> consumer)
      throws IOException {
    try {
      ContainerBounds.check(new ByteArrayInputStream(file));
    } catch (IOException e) {
      throw corrupt(name, e);
    }
    try (DataFileStream<SpecificRecord> rows = open(table, name, new ByteArrayInputStream(file))) {
      while (hasNext(rows, name)) {
        consumer.accept(next(rows, name));
      }
      // Avro takes a file that ends within a block for one that ended before it; asked again, it
      // still offers that block.
      if (hasNext(rows, name)) {
        throw corrupt(name, new IOException("it ends within a block"));
      }
    }
  }

  private static DataFileStream<SpecificRecord> open(Table table, String name, InputStream bytes)
      throws IOException {
    try {
      return new DataFileStream<>(bytes, new SpecificDatumReader<>(table.schema()));
    } catch (IOException | AvroRuntimeException e) {
      throw corrupt(name, e);
    }
  }

  private static boolean hasNext(DataFileStream<SpecificRecord> rows, String name)
      throws IOException {
    try {
      return rows.hasNext();
    } catch (AvroRuntimeException e) {
      throw corrupt(name, e);
    }
  }

  private static SpecificRecord next(DataFileStream<SpecificRecord> rows, String name)
      throws IOException {
    try {
      return rows.next();
    } catch (RuntimeException e) {
      // Damaged bytes can surface as any runtime exception of the decoder.
      throw corrupt(name, e);
    }
  }

  private static DamagedTablesException corrupt(String name, Exception cause) {
    return DamagedTablesException.of(
        "corrupt table file " + name + " (" + cause.getMessage() + ")", cause);
  }
}
