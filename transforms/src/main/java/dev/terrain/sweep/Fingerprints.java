package dev.terrain.sweep;

import dev.terrain.v1.ModelSpec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import org.apache.avro.generic.IndexedRecord;

/**
 * Names made from content: SHA-256 in hexadecimal (64 characters) over a domain and parts.
 *
 * <p>Every part is hashed as a letter for its kind, its length in bytes (64 bits, big-endian) and
 * its bytes, so that no two lists of parts are encoded alike. A record is its schema's full name
 * and the sorted pairs of name and value of those fields whose value is not the declared default.
 * So a field that comes later, with a default that means 'as before', changes no fingerprint, and a
 * default never changes. Negative zero counts as zero, since both are the same setting.
 */
public final class Fingerprints {
  private static final String SHA_256 = "SHA-256";

  private Fingerprints() {}

  /** The identity of a model: the fingerprint of its resolved spec in the domain "model". */
  public static String modelId(ModelSpec spec) {
    return of("model", spec);
  }

  /** The identity of a model's cell: that of its spec with seed 0, in the domain "cell". */
  public static String cellId(ModelSpec spec) {
    SortedMap<String, Object> values = Defaults.differing(spec);
    // A seed of 0 is the default.
    values.remove(Setting.SEED);
    MessageDigest digest = sha256();
    add(digest::update, "cell");
    addRecord(digest::update, spec.getSchema().getFullName(), values);
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * The fingerprint of parts in a domain.
   *
   * @param domain what is named, such as {@code "model"}; equal parts in different domains have
   *     different fingerprints
   * @param parts Strings, byte arrays, Integers, Longs, Doubles, Avro records, {@linkplain
   *     #prepared prepared} ones, or Lists of these
   * @throws IllegalArgumentException if a part is null, NaN or of another type
   */
  public static String of(String domain, Object... parts) {
    MessageDigest digest = sha256();
    add(digest::update, domain);
    for (Object part : parts) {
      add(digest::update, part);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * A part that is encoded once for many fingerprints, each of which is that of the part itself.
   *
   * @throws IllegalArgumentException if the part is none of a fingerprint
   */
  public static Prepared prepared(Object part) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    add(bytes::writeBytes, part);
    return new Prepared(bytes.toByteArray());
  }

  /** A part as it is hashed. */
  public static final class Prepared {
    private final byte[] bytes;

    private Prepared(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  /** What takes the bytes of parts. */
  @FunctionalInterface
  private interface Sink {
    void take(byte[] bytes);
  }

  private static void add(Sink sink, Object part) {
    if (part instanceof String text) {
      add(sink, 'S', text.getBytes(StandardCharsets.UTF_8));
    } else if (part instanceof byte[] bytes) {
      add(sink, 'B', bytes);
    } else if (part instanceof Integer || part instanceof Long) {
      add(sink, 'I', longBytes(((Number) part).longValue()));
    } else if (part instanceof Double number && !number.isNaN()) {
      add(sink, 'D', longBytes(Double.doubleToLongBits(number + 0.0)));
    } else if (part instanceof IndexedRecord record) {
      addRecord(sink, record.getSchema().getFullName(), Defaults.differing(record));
    } else if (part instanceof Prepared prepared) {
      sink.take(prepared.bytes);
    } else if (part instanceof List<?> list) {
      sink.take(head('L', list.size()));
      for (Object item : list) {
        add(sink, item);
      }
    } else {
      throw new IllegalArgumentException(
          "a part of a fingerprint must be a text, bytes, a number, a record or a list, not "
              + part);
    }
  }

  private static void add(Sink sink, char kind, byte[] bytes) {
    sink.take(head(kind, bytes.length));
    sink.take(bytes);
  }

  private static byte[] head(char kind, int length) {
    return ByteBuffer.allocate(1 + Long.BYTES).put((byte) kind).putLong(length).array();
  }

  private static byte[] longBytes(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  private static void addRecord(Sink sink, String schema, SortedMap<String, Object> values) {
    add(sink, 'R', schema.getBytes(StandardCharsets.UTF_8));
    sink.take(longBytes(values.size()));
    values.forEach(
        (name, value) -> {
          add(sink, name);
          add(sink, value instanceof CharSequence text ? text.toString() : value);
        });
  }

  static byte[] sha256(String text) {
    return sha256().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance(SHA_256);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
