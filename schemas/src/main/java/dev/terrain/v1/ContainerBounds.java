package dev.terrain.v1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileConstants;

/**
 * Holds an Avro container file against what may be in it, before Avro reads it: lengths against the
 * file, the schema against {@link SchemaBounds}, the compression against the one that Terrain
 * writes, the number of records against the bytes of their block once it is inflated. Messages
 * repeat nothing of the file.
 */
public final class ContainerBounds {
  private static final int MOST_METADATA_BYTES = 1 << 20;
  private static final int MOST_BLOCK_BYTES = 1 << 26;

  private final DataInputStream in;
  private final byte[] chunk = new byte[1 << 13];
  private final byte[] inflated = new byte[1 << 13];
  private final long mostRecords;
  private final long mostBytes;
  private final boolean everyLength;
  private long records;
  private long bytes;

  private ContainerBounds(InputStream in, long mostRecords, long mostBytes, boolean everyLength) {
    this.in = new DataInputStream(in);
    this.mostRecords = mostRecords;
    this.mostBytes = mostBytes;
    this.everyLength = everyLength;
  }

  /**
   * Goes through a file of any size, without a look into its records.
   *
   * @throws IOException if something in it is not as it may be
   */
  public static void check(InputStream file) throws IOException {
    check(new ContainerBounds(file, Long.MAX_VALUE, Long.MAX_VALUE, false));
  }

  /**
   * Goes through a file whose bytes are here, and through each of its records.
   *
   * @param mostRecords how many it may have
   * @param mostBytes how many bytes they may have, inflated
   * @throws IOException if something in it is not as it may be
   */
  public static void checkRecords(byte[] file, long mostRecords, long mostBytes)
      throws IOException {
    check(new ContainerBounds(new ByteArrayInputStream(file), mostRecords, mostBytes, true));
  }

  private static void check(ContainerBounds bounds) throws IOException {
    try {
      bounds.check();
    } catch (EOFException e) {
      throw new IOException("truncated, or a length in it is wrong", e);
    }
  }

  private void check() throws IOException {
    if (!Arrays.equals(in.readNBytes(DataFileConstants.MAGIC.length), DataFileConstants.MAGIC)) {
      throw new IOException("no Avro container file");
    }
    Map<String, String> metadata = metadata();
    boolean deflated = isDeflated(metadata.get(DataFileConstants.CODEC));
    String text = metadata.get(DataFileConstants.SCHEMA);
    if (text == null) {
      throw new IOException("without a schema");
    }
    Schema schema = SchemaBounds.parse(text);
    int leastBytes = Math.max(1, SchemaBounds.leastBytes(schema));
    byte[] sync = new byte[DataFileConstants.SYNC_SIZE];
    in.readFully(sync);
    for (int first = in.read(); first >= 0; first = in.read()) {
      long count = VariableLength.read(first, in::readUnsignedByte);
      ByteArrayOutputStream kept = everyLength ? new ByteArrayOutputStream() : null;
      long length = block(number(), deflated, kept);
      if (count < 0 || count > length / leastBytes) {
        throw new IOException("a block promises more records than its bytes can hold");
      }
      records += count;
      if (records > mostRecords) {
        throw new IOException("more than " + mostRecords + " records");
      }
      if (everyLength) {
        DatumLengths.check(schema, count, ByteBuffer.wrap(kept.toByteArray()));
      }
      if (!Arrays.equals(sync, in.readNBytes(DataFileConstants.SYNC_SIZE))) {
        throw new IOException("a block does not end with the file's mark");
      }
    }
  }

  private static boolean isDeflated(String codec) throws IOException {
    if (codec == null || codec.equals(DataFileConstants.NULL_CODEC)) {
      return false;
    }
    if (codec.equals(DataFileConstants.DEFLATE_CODEC)) {
      return true;
    }
    throw new IOException("compressed in another way than deflate, the only one that may be");
  }

  private Map<String, String> metadata() throws IOException {
    Map<String, String> metadata = new HashMap<>();
    int left = MOST_METADATA_BYTES;
    for (long entries = number(); entries != 0; entries = number()) {
      if (entries < 0) {
        // Then the size of the entries follows.
        number();
      }
      for (long i = 0; i < Math.abs(entries); i++) {
        byte[] name = bytes(left);
        left -= name.length + 1;
        byte[] value = bytes(left);
        left -= value.length + 1;
        metadata.put(
            new String(name, StandardCharsets.UTF_8), new String(value, StandardCharsets.UTF_8));
      }
    }
    return metadata;
  }

  private byte[] bytes(int most) throws IOException {
    long length = length();
    if (length > most) {
      throw new IOException("its metadata has more than " + MOST_METADATA_BYTES + " bytes");
    }
    byte[] bytes = in.readNBytes((int) length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  /** Reads a block; returns how many bytes it has, inflated. */
  private long block(long length, boolean deflated, ByteArrayOutputStream kept) throws IOException {
    if (length < 0 || length > MOST_BLOCK_BYTES) {
      throw blockTooLong();
    }
    long before = bytes;
    Inflater inflater = new Inflater(true);
    try {
      for (int left = (int) length, n; left > 0; left -= n) {
        n = in.readNBytes(chunk, 0, Math.min(chunk.length, left));
        if (n == 0) {
          throw new EOFException();
        }
        if (deflated) {
          inflate(inflater, n, before, kept);
        } else {
          take(chunk, n, before, kept);
        }
      }
      return bytes - before;
    } catch (DataFormatException e) {
      throw new IOException("a block cannot be inflated", e);
    } finally {
      inflater.end();
    }
  }

  private void inflate(Inflater inflater, int length, long before, ByteArrayOutputStream kept)
      throws IOException, DataFormatException {
    inflater.setInput(chunk, 0, length);
    for (int n = inflater.inflate(inflated); n > 0; n = inflater.inflate(inflated)) {
      take(inflated, n, before, kept);
    }
  }

  private void take(byte[] part, int length, long before, ByteArrayOutputStream kept)
      throws IOException {
    bytes += length;
    if (bytes - before > MOST_BLOCK_BYTES) {
      throw blockTooLong();
    }
    if (bytes > mostBytes) {
      throw new IOException("its records have more than " + mostBytes + " bytes");
    }
    if (kept != null) {
      kept.write(part, 0, length);
    }
  }

  private static IOException blockTooLong() {
    return new IOException(
        "a block has a wrong length, or more than " + MOST_BLOCK_BYTES + " bytes");
  }

  private long length() throws IOException {
    long length = number();
    if (length < 0) {
      throw new IOException("a length in it is negative");
    }
    return length;
  }

  private long number() throws IOException {
    return VariableLength.read(in::readUnsignedByte);
  }
}
