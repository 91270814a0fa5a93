package dev.terrain.v1;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;

/**
 * Checks the lengths in records of Avro's binary form against the bytes that are there, before
 * anything is set aside for them. What it costs depends on the bytes alone.
 */
final class DatumLengths {
  private final ByteBuffer bytes;

  private DatumLengths(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /**
   * Goes through some records that lie one after the other.
   *
   * @param schema their schema, within {@link SchemaBounds}
   * @throws IOException if they are not exactly as many as there should be, or a length is wrong
   */
  static void check(Schema schema, long records, ByteBuffer bytes) throws IOException {
    DatumLengths lengths = new DatumLengths(bytes);
    for (long i = 0; i < records; i++) {
      lengths.datum(schema);
    }
    if (bytes.hasRemaining()) {
      throw new IOException("a block has bytes after its records");
    }
  }

  private void datum(Schema schema) throws IOException {
    switch (schema.getType()) {
      case NULL -> skip(0);
      case BOOLEAN -> skip(1);
      case FLOAT -> skip(Float.BYTES);
      case DOUBLE -> skip(Double.BYTES);
      case FIXED -> skip(schema.getFixedSize());
      case INT, LONG, ENUM -> number();
      case STRING, BYTES -> skip(number());
      case RECORD -> record(schema);
      case UNION -> datum(branch(schema));
      case ARRAY -> items(schema.getElementType(), false);
      case MAP -> items(schema.getValueType(), true);
    }
  }

  private void record(Schema schema) throws IOException {
    for (Schema.Field field : schema.getFields()) {
      datum(field.schema());
    }
  }

  private Schema branch(Schema union) throws IOException {
    long index = number();
    if (index < 0 || index >= union.getTypes().size()) {
      throw new IOException("a union has no such branch");
    }
    return union.getTypes().get((int) index);
  }

  private void items(Schema item, boolean named) throws IOException {
    long all = 0;
    for (long count = number(); count != 0; count = number()) {
      if (count < 0) {
        // Then the size of the items follows.
        count = -count;
        number();
      }
      all += count;
      if (count < 0 || count > bytes.remaining() || all > AvroLimits.MOST_ITEMS) {
        throw new IOException("a list has more items than may be, or than there are bytes");
      }
      for (long i = 0; i < count; i++) {
        if (named) {
          skip(number());
        }
        datum(item);
      }
    }
  }

  private void skip(long length) throws IOException {
    if (length < 0 || length > bytes.remaining()) {
      throw new EOFException("a length goes beyond the end");
    }
    bytes.position(bytes.position() + (int) length);
  }

  private long number() throws IOException {
    return VariableLength.read(
        () -> {
          skip(1);
          return bytes.get(bytes.position() - 1) & 0xff;
        });
  }
}
