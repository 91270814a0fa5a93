package dev.terrain.tables;

import dev.terrain.v1.AvroLimits;
import dev.terrain.v1.ContainerBounds;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads the tables of a study: the rows of {@code tables/<table>/part-*.avro}, part after part in
 * the order of their names. Rows of an older schema are resolved to today's.
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

  private static final String STREAMED = "/part-stream-";

  private final TableFiles files;

  public TableReader(TableFiles files) {
    this.files = files;
  }

  /** Reader of a study's folder on this machine. */
  public static TableReader of(Path study) {
    return new TableReader(TableFiles.local(study));
  }

  /**
   * All rows of the table of a record type; none if the table does not exist.
   *
   * @throws IOException if a file is unreadable; the message names it
   */
  public <R extends SpecificRecord> List<R> read(Class<R> type) throws IOException {
    List<R> rows = new ArrayList<>();
    forEach(Table.of(type), row -> rows.add(type.cast(row)));
    return rows;
  }

  /**
   * Hands on the rows of a table one at a time; a table that does not exist has none.
   *
   * @throws IOException if a file is unreadable (the message names it), or from the consumer
   */
  public void forEach(Table table, RowConsumer<? super SpecificRecord> consumer)
      throws IOException {
    if (names(table).stream().noneMatch(name -> name.contains(STREAMED))) {
      forEachWritten(table, consumer);
      return;
    }
    // A stream may add files meanwhile.
    TableReader frozen = new TableReader(new FrozenFiles(files));
    Set<Long> latest = LatestRows.of(table, frozen);
    long[] number = {0};
    frozen.forEachWritten(
        table,
        row -> {
          if (latest.contains(number[0]++)) {
            consumer.accept(row);
          }
        });
  }

  /**
   * Number of rows in some files of a table.
   *
   * @param chosen which of its files, by their names relative to the study
   * @throws IOException if a file is unreadable; the message names it
   */
  public long count(Table table, Predicate<String> chosen) throws IOException {
    long[] rows = {0};
    for (String name : names(table)) {
      if (chosen.test(name)) {
        readFile(table, name, row -> rows[0]++);
      }
    }
    return rows[0];
  }

  /** Hands on every row that was ever written. */
  void forEachWritten(Table table, RowConsumer<? super SpecificRecord> consumer)
      throws IOException {
    for (String name : names(table)) {
      readFile(table, name, consumer);
    }
  }

  private List<String> names(Table table) throws IOException {
    String folder = "tables/" + table.folder();
    return files.list(folder).stream()
        .filter(name -> name.startsWith(folder + "/part-") && name.endsWith(".avro"))
        .toList();
  }

  private void readFile(Table table, String name, RowConsumer<? super SpecificRecord> consumer)
      throws IOException {
    try (InputStream bytes = new BufferedInputStream(files.open(name))) {
      ContainerBounds.check(bytes);
    } catch (FileNotFoundException e) {
      throw e;
    } catch (IOException e) {
      throw corrupt(name, e);
    }
    try (InputStream bytes = new BufferedInputStream(files.open(name));
        DataFileStream<SpecificRecord> rows = open(table, name, bytes)) {
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

  private static IOException corrupt(String name, Exception cause) {
    return new IOException(
        "corrupt table file "
            + name
            + " ("
            + cause.getMessage()
            + "); tables are derived: delete the folder tables/ and run the sweep again",
        cause);
  }
}
