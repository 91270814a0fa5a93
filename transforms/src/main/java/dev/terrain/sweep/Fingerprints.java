package dev.terrain.sweep;

import dev.terrain.v1.ModelSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;

/**
 * Names made from content: SHA-256 in hexadecimal (64 characters) over a domain and parts.
 *
 * <p>Every part is hashed as a letter for its kind, its length in bytes (64 bits, big-endian) and
 * its bytes, so that no two lists of parts are encoded alike. A record's bytes are the SHA-256 of
 * its schema's parsing canonical form (which leaves out descriptions, defaults and ranges) and its
 * Avro binary form. Negative zero counts as zero, since both are the same setting.
 */
public final class Fingerprints {
  private static final String SHA_256 = "SHA-256";
  private static final Map<Schema, byte[]> SCHEMA_FINGERPRINTS = new ConcurrentHashMap<>();

  private Fingerprints() {}

  /** The identity of a model: the fingerprint of its resolved spec in the domain "model". */
  public static String modelId(ModelSpec spec) {
    return of("model", spec);
  }

  /** The identity of a model's cell: that of its spec with seed 0, in the domain "cell". */
  public static String cellId(ModelSpec spec) {
    return of("cell", ModelSpec.newBuilder(spec).setSeed(0).build());
  }

  /**
   * The fingerprint of parts in a domain.
   *
   * @param domain what is named, such as {@code "model"}; equal parts in different domains have
   *     different fingerprints
   * @param parts Strings, byte arrays, Integers, Longs, Doubles, Avro records, or Lists of these
   * @throws IllegalArgumentException if a part is null, NaN or of another type
   */
  public static String of(String domain, Object... parts) {
    MessageDigest digest = sha256();
    add(digest, domain);
    for (Object part : parts) {
      add(digest, part);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, Object part) {
    if (part instanceof String text) {
      add(digest, 'S', text.getBytes(StandardCharsets.UTF_8));
    } else if (part instanceof byte[] bytes) {
      add(digest, 'B', bytes);
    } else if (part instanceof Integer || part instanceof Long) {
      add(digest, 'I', longBytes(((Number) part).longValue()));
    } else if (part instanceof Double number && !number.isNaN()) {
      add(digest, 'D', longBytes(Double.doubleToLongBits(number + 0.0)));
    } else if (part instanceof IndexedRecord record) {
      add(digest, 'R', recordBytes(record));
    } else if (part instanceof List<?> list) {
      digest.update((byte) 'L');
      digest.update(longBytes(list.size()));
      for (Object item : list) {
        add(digest, item);
      }
    } else {
      throw new IllegalArgumentException(
          "a part of a fingerprint must be a text, bytes, a number, a record or a list, not "
              + part);
    }
  }

  private static void add(MessageDigest digest, char kind, byte[] bytes) {
    digest.update((byte) kind);
    digest.update(longBytes(bytes.length));
    digest.update(bytes);
  }

  private static byte[] longBytes(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  private static byte[] recordBytes(IndexedRecord record) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        SCHEMA_FINGERPRINTS.computeIfAbsent(
            record.getSchema(), schema -> sha256(SchemaNormalization.toParsingForm(schema))));
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      new ZeroWriter(record.getSchema()).write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] sha256(String text) {
    return sha256().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance(SHA_256);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes records with zero for negative zero. */
  private static final class ZeroWriter extends GenericDatumWriter<IndexedRecord> {
    ZeroWriter(Schema schema) {
      super(schema, SpecificData.get());
    }

    @Override
    protected void writeWithoutConversion(Schema schema, Object datum, Encoder out)
        throws IOException {
      Object value = datum instanceof Double number ? Double.valueOf(number + 0.0) : datum;
      super.writeWithoutConversion(schema, value, out);
    }
  }
}
