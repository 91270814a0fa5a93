package dev.terrain.ledger;

import dev.terrain.store.Sha256;
import dev.terrain.v1.AvroLimits;
import dev.terrain.v1.SchemaBounds;
import dev.terrain.v1.UnitResult;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One {@link UnitResult} as an Avro container file, uncompressed, with the SHA-256 of the encoded
 * record and of the schema's text in the file's metadata. The bytes of a file are a function of its
 * record.
 *
 * <p>Avro's own reader parses the schema and prepares its resolution anew for every file, which
 * takes ten times as long as everything else. Here each distinct schema text is parsed once; Avro
 * keeps the resolution for as long as the schema is the same object.
 */
final class UnitResultFile {
  static {
    AvroLimits.set();
  }

  private static final Logger LOG = LoggerFactory.getLogger(UnitResultFile.class);
  private static final String HASH = "terrain.sha256";
  private static final String SCHEMA_HASH = "terrain.schema_sha256";
  private static final int SYNC_LENGTH = DataFileConstants.SYNC_SIZE;
  private static final Schema COMPACT = CompactSchema.of(UnitResult.getClassSchema());

  /** More than there are versions of the schema; damaged records may have any. */
  private static final int MOST_SCHEMAS = 100;

  private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();
  private static final Map<String, String> HASHES = new ConcurrentHashMap<>();

  private UnitResultFile() {}

  static byte[] encode(UnitResult result) {
    SpecificData model = SpecificData.getForClass(UnitResult.class);
    return encode(result, COMPACT, new SpecificDatumWriter<>(COMPACT, model));
  }

  static <T extends IndexedRecord> byte[] encode(T result, Schema schema, DatumWriter<T> datum) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (DataFileWriter<T> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(data, null);
      datum.write(result, encoder);
      String hash = Sha256.hex(data.toByteArray(), 0, data.size());
      byte[] sync = Arrays.copyOf(hash.getBytes(StandardCharsets.US_ASCII), SYNC_LENGTH);
      String schemaHash = HASHES.computeIfAbsent(schema.toString(), UnitResultFile::hash);
      writer.setMeta(HASH, hash).setMeta(SCHEMA_HASH, schemaHash).create(schema, file, sync);
      writer.appendEncoded(ByteBuffer.wrap(data.toByteArray()));
      writer.flush();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return file.toByteArray();
  }

  /**
   * Reads a file.
   *
   * @param file its name, for messages
   */
  static UnitResult decode(byte[] bytes, String file) throws CorruptRecordException {
    try {
      Part part = decodeFrom(bytes, 0);
      if (part.length() != bytes.length) {
        throw new IOException("not exactly one record");
      }
      return part.result();
    } catch (IOException | RuntimeException e) {
      // Avro throws what it happens upon when the bytes are not what they should be.
      String problem = e instanceof EOFException ? "truncated" : String.valueOf(e.getMessage());
      throw new CorruptRecordException(file, problem, e);
    }
  }

  /**
   * One of several files that lie one after the other.
   *
   * @param offset its first byte
   * @param length its bytes
   */
  record Part(UnitResult result, int offset, int length) {}

  /** Reads files that lie one after the other, up to the first that is damaged. */
  static List<Part> decodeAll(byte[] files) {
    List<Part> parts = new ArrayList<>();
    try {
      for (int offset = 0; offset < files.length; ) {
        Part part = decodeFrom(files, offset);
        parts.add(part);
        offset += part.length();
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} records are read, the next is damaged: {}", parts.size(), e.getMessage());
    }
    return parts;
  }

  private static Part decodeFrom(byte[] bytes, int offset) throws IOException {
    byte[] magic = DataFileConstants.MAGIC;
    int start = offset + magic.length;
    if (bytes.length < start || !Arrays.equals(bytes, offset, start, magic, 0, magic.length)) {
      throw new IOException("no Avro container file");
    }
    int rest = bytes.length - start;
    BinaryDecoder in = DecoderFactory.get().binaryDecoder(bytes, start, rest, null);
    Map<String, String> metadata = readMetadata(in, rest);
    String codec = metadata.getOrDefault(DataFileConstants.CODEC, DataFileConstants.NULL_CODEC);
    if (!codec.equals(DataFileConstants.NULL_CODEC)) {
      throw new IOException("compressed by " + codec + "; the ledger is not compressed");
    }
    byte[] sync = readFixed(in, SYNC_LENGTH, rest);
    long records = in.readLong();
    byte[] data = readFixed(in, in.readLong(), rest);
    byte[] endSync = readFixed(in, SYNC_LENGTH, rest);
    if (records != 1 || !Arrays.equals(sync, endSync)) {
      throw new IOException("not exactly one record");
    }
    String hash = metadata.get(HASH);
    if (hash != null && !hash.equals(Sha256.hex(data, 0, data.length))) {
      throw new IOException("its SHA-256 is not the recorded one");
    }
    String schemaText = metadata.get(DataFileConstants.SCHEMA);
    if (schemaText == null) {
      throw new IOException("without a schema");
    }
    UnitResult result = read(data, schema(schemaText, metadata.get(SCHEMA_HASH)));
    return new Part(result, offset, bytes.length - in.inputStream().available() - offset);
  }

  /**
   * The schema of a text, of which each is looked at once.
   *
   * @param hash recorded SHA-256 of the text, without which a changed letter of a column's name
   *     would read as a column that is not there; null in files of earlier versions
   */
  private static Schema schema(String text, @Nullable String hash) throws IOException {
    if (hash != null && !hash.equals(HASHES.getOrDefault(text, "")) && !hash.equals(hash(text))) {
      throw new IOException("its schema's SHA-256 is not the recorded one");
    }
    Schema known = SCHEMAS.get(text);
    Schema schema = known == null ? SchemaBounds.parse(text) : known;
    if (known == null && SCHEMAS.size() < MOST_SCHEMAS) {
      SCHEMAS.putIfAbsent(text, schema);
    }
    if (hash != null && HASHES.size() < MOST_SCHEMAS) {
      HASHES.putIfAbsent(text, hash);
    }
    return schema;
  }

  private static String hash(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Sha256.hex(bytes, 0, bytes.length);
  }

  private static UnitResult read(byte[] data, Schema writer) throws IOException {
    SpecificDatumReader<UnitResult> reader =
        new SpecificDatumReader<>(
            writer, UnitResult.getClassSchema(), SpecificData.getForClass(UnitResult.class));
    BinaryDecoder in = DecoderFactory.get().binaryDecoder(data, null);
    UnitResult result = reader.read(null, in);
    if (!in.isEnd()) {
      throw new IOException("bytes after the record");
    }
    return result;
  }

  private static Map<String, String> readMetadata(BinaryDecoder in, int limit) throws IOException {
    Map<String, String> metadata = new HashMap<>();
    for (long entries = in.readMapStart(); entries != 0; entries = in.mapNext()) {
      for (long i = 0; i < entries; i++) {
        String key = text(readFixed(in, in.readLong(), limit));
        metadata.put(key, text(readFixed(in, in.readLong(), limit)));
      }
    }
    return metadata;
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** Reads some bytes, after a check that the file can have so many. */
  private static byte[] readFixed(BinaryDecoder in, long length, int limit) throws IOException {
    if (length < 0 || length > limit) {
      throw new EOFException("a part of " + length + " bytes in a file of " + limit);
    }
    byte[] bytes = new byte[(int) length];
    in.readFixed(bytes);
    return bytes;
  }
}
