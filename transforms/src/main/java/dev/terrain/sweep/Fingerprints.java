package dev.terrain.sweep;

import dev.terrain.v1.ModelSpec;
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
      addRecord(digest, record);
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

  private static void addRecord(MessageDigest digest, IndexedRecord record) {
    add(digest, 'R', record.getSchema().getFullName().getBytes(StandardCharsets.UTF_8));
    SortedMap<String, Object> values = Defaults.differing(record);
    digest.update(longBytes(values.size()));
    values.forEach(
        (name, value) -> {
          add(digest, name);
          add(digest, value instanceof CharSequence text ? text.toString() : value);
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
