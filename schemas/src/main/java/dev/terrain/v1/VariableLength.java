package dev.terrain.v1;

import java.io.IOException;

/** Avro's variable-length number: seven bits a byte, the lowest first, the sign in the first. */
final class VariableLength {
  private static final int MOST_BYTES = 10;

  private VariableLength() {}

  /** Gives bytes, each in [0, 255]. */
  @FunctionalInterface
  interface Bytes {
    int next() throws IOException;
  }

  /**
   * Reads a number.
   *
   * @throws IOException if it has more than ten bytes, or the bytes end
   */
  static long read(Bytes bytes) throws IOException {
    return read(bytes.next(), bytes);
  }

  /** Reads a number whose first byte was read. */
  static long read(int first, Bytes bytes) throws IOException {
    long bits = first & 0x7f;
    int last = first;
    for (int i = 1; last >= 0x80; i++) {
      if (i == MOST_BYTES) {
        throw new IOException("a number of more than ten bytes");
      }
      last = bytes.next();
      bits |= (long) (last & 0x7f) << (7 * i);
    }
    return (bits >>> 1) ^ -(bits & 1);
  }
}
