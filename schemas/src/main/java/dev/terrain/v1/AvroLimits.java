package dev.terrain.v1;

/**
 * Bounds on what Avro's readers set aside for the lengths that a file promises. Avro reads them
 * from system properties once, before its first reading; where a user has set one, it stands.
 */
public final class AvroLimits {
  private static final String PREFIX = "org.apache.avro.limits.";
  private static final int MOST_BYTES = 32 << 20;

  /** More than any history of a training or path has points. */
  static final int MOST_ITEMS = 2_000_000;

  private AvroLimits() {}

  /** Sets the bounds; no effect after Avro's first reading. */
  public static void set() {
    set("bytes.maxLength", MOST_BYTES);
    set("string.maxLength", MOST_BYTES);
    set("collectionItems.maxLength", MOST_ITEMS);
  }

  private static void set(String name, int limit) {
    if (System.getProperty(PREFIX + name) == null) {
      System.setProperty(PREFIX + name, Integer.toString(limit));
    }
  }
}
