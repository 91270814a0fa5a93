package dev.terrain.beam.tables;

import static org.apache.beam.sdk.util.Preconditions.checkArgumentNotNull;

import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupIntoBatches;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PDone;
import org.joda.time.Duration;

/**
 * Adds rows to the tables of a study while a stream brings them: gathers those of each table for
 * some time, then writes them as one Avro file (deflate) {@code
 * tables/<table>/part-stream-<hash>.avro}.
 *
 * <p>A file is named by its SHA-256, so that readers can hold it against its name, and appears
 * under it only when it is whole: it can take the place of no other rows, and rows that are written
 * twice by a stream that was restarted are the same file. An empty object {@link #markerName} says
 * that there is such a file, for readers to miss it. Rows are gathered by the clock, not by their
 * timestamps, so none is ever late.
 *
 * <p>Input: the tuple that {@link WriteTables} takes.
 */
public final class AppendTables extends PTransform<PCollectionTuple, PDone> {
  /** How the names of its files begin. */
  public static final String PREFIX = "part-stream-";

  private static final String SUFFIX = ".avro";

  /** Readers shall see a result within a minute, stages and summaries included. */
  public static final Duration DEFAULT_WINDOW = Duration.standardSeconds(30);

  /** Some megabytes. */
  public static final int DEFAULT_ROWS = 10_000;

  /** How the names of the objects begin that say which files there are. */
  public static final String MARKERS = "tables/streamed/";

  private static final long serialVersionUID = 1;

  private final String study;
  private final Duration window;
  private final int rows;

  private AppendTables(String study, Duration window, int rows) {
    this.study = checkArgumentNotNull(study, "study");
    this.window = checkArgumentNotNull(window, "window");
    if (window.getMillis() < 1) {
      throw new IllegalArgumentException("window (" + window + ") must be a millisecond at least");
    }
    if (rows < 1) {
      throw new IllegalArgumentException("rows (" + rows + ") must be positive");
    }
    this.rows = rows;
  }

  /** Adds to the tables of a study. */
  public static AppendTables to(String study) {
    return new AppendTables(study, DEFAULT_WINDOW, DEFAULT_ROWS);
  }

  /** How long rows are gathered for one file. Default: 30 seconds. */
  public AppendTables withWindow(Duration newWindow) {
    return new AppendTables(study, newWindow, rows);
  }

  /** How many rows a file has at most. Default: 10,000. */
  public AppendTables withRows(int newRows) {
    return new AppendTables(study, window, newRows);
  }

  /**
   * Name of the object that says that a file was written.
   *
   * @param file {@code tables/<table>/part-stream-<hash>.avro}
   */
  public static String markerName(String file) {
    String[] parts = file.split("/", -1);
    String hash = parts[2].substring(PREFIX.length(), parts[2].length() - SUFFIX.length());
    return MARKERS + parts[1] + "-" + hash;
  }

  @Override
  public PDone expand(PCollectionTuple input) {
    EncodeRows.all(input)
        .apply(
            "Gather",
            GroupIntoBatches.<String, byte[]>ofSize(rows).withMaxBufferingDuration(window))
        .apply("Write", ParDo.of(new WriteFn(study)));
    return PDone.in(input.getPipeline());
  }

  private static final class WriteFn extends DoFn<KV<String, Iterable<byte[]>>, Void> {
    private static final long serialVersionUID = 1;

    private final String study;
    private transient ObjectStore store;

    WriteFn(String study) {
      this.study = study;
    }

    @Setup
    public void setup() {
      store = ObjectStores.open(study);
    }

    @ProcessElement
    public void process(@Element KV<String, Iterable<byte[]>> rows) throws IOException {
      byte[] file = file(EncodeRows.schema(rows.getKey()), rows.getValue());
      String hash = HexFormat.of().formatHex(sha256(List.of(file)));
      String name = "tables/" + rows.getKey() + "/" + PREFIX + hash + SUFFIX;
      store.write(name, file);
      store.write(markerName(name), new byte[0]);
      if (!store.exists(name)) {
        // A run has put its own tables in the place of all files meanwhile.
        store.delete(markerName(name));
      }
    }

    /** The bytes are a function of the rows, the mark between blocks included. */
    private static byte[] file(Schema schema, Iterable<byte[]> rows) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (DataFileWriter<GenericRecord> writer =
          new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
        writer.setCodec(CodecFactory.deflateCodec(CodecFactory.DEFAULT_DEFLATE_LEVEL));
        writer.create(schema, bytes, Arrays.copyOf(sha256(rows), DataFileConstants.SYNC_SIZE));
        for (byte[] row : rows) {
          writer.appendEncoded(ByteBuffer.wrap(row));
        }
      }
      return bytes.toByteArray();
    }

    private static byte[] sha256(Iterable<byte[]> parts) {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        parts.forEach(digest::update);
        return digest.digest();
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
