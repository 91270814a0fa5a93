package dev.terrain.v1;

import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Bounds on a schema that a file brings along, within which reading takes time and memory in
 * proportion to the file's bytes: no type contains itself, every item of a list takes a byte at
 * least, and a datum has no more than {@value #MOST_PARTS} parts beside the items of its lists.
 */
public final class SchemaBounds {
  private static final int MOST_PARTS = 10_000;
  private static final int MOST_FIXED_BYTES = 1 << 20;

  private final Set<Schema> enclosing = Collections.newSetFromMap(new IdentityHashMap<>());
  private int parts;

  private SchemaBounds() {}

  /**
   * The schema of a text.
   *
   * @throws IOException if it is no schema, or not within the bounds; the message repeats nothing
   *     of the text
   */
  public static Schema parse(String text) throws IOException {
    Schema schema;
    try {
      schema = new Schema.Parser().parse(text);
    } catch (RuntimeException | StackOverflowError e) {
      // Avro throws what it happens upon when the text is not what it should be.
      throw new IOException("its schema is none", e);
    }
    leastBytes(schema);
    return schema;
  }

  /**
   * The fewest bytes that a datum of a schema takes.
   *
   * @throws IOException if the schema is not within the bounds
   */
  static int leastBytes(Schema schema) throws IOException {
    return new SchemaBounds().least(schema);
  }

  private int least(Schema schema) throws IOException {
    if (++parts > MOST_PARTS) {
      throw new IOException("its schema has more than " + MOST_PARTS + " parts");
    }
    if (!enclosing.add(schema)) {
      throw new IOException("its schema has a type that contains itself");
    }
    int bytes =
        switch (schema.getType()) {
          case NULL -> 0;
          case FLOAT -> Float.BYTES;
          case DOUBLE -> Double.BYTES;
          case FIXED -> fixed(schema);
          case RECORD -> record(schema);
          case UNION -> union(schema);
          case ARRAY -> list(schema.getElementType());
          case MAP -> map(schema.getValueType());
          case BOOLEAN, INT, LONG, ENUM, STRING, BYTES -> 1;
        };
    enclosing.remove(schema);
    return bytes;
  }

  private static int fixed(Schema schema) throws IOException {
    if (schema.getFixedSize() > MOST_FIXED_BYTES) {
      throw new IOException("its schema has a type of more than " + MOST_FIXED_BYTES + " bytes");
    }
    return schema.getFixedSize();
  }

  private int record(Schema schema) throws IOException {
    int bytes = 0;
    for (Schema.Field field : schema.getFields()) {
      bytes = Math.min(MOST_FIXED_BYTES, bytes + least(field.schema()));
    }
    return bytes;
  }

  private int union(Schema schema) throws IOException {
    int bytes = MOST_FIXED_BYTES;
    for (Schema branch : schema.getTypes()) {
      bytes = Math.min(bytes, least(branch));
    }
    return 1 + bytes;
  }

  private int list(Schema items) throws IOException {
    if (least(items) == 0) {
      throw new IOException("its schema has a list of items without bytes");
    }
    return 1;
  }

  private int map(Schema values) throws IOException {
    least(values);
    return 1;
  }
}
