package dev.terrain.tables;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Checks the lengths in an Avro container file against the file, before anything is set aside for
 * them: those of the metadata's texts and those of the blocks.
 */
final class ContainerLengths {
  private static final int MAGIC = 4;
  private static final int SYNC = 16;
  private static final int MAX_VARINT = 10;

  private final DataInputStream in;

  private ContainerLengths(InputStream in) {
    this.in = new DataInputStream(in);
  }

  /**
   * Goes through a file.
   *
   * @throws IOException if a length is negative or goes beyond the end, or a block does not end
   *     with the file's mark
   */
  static void check(InputStream file) throws IOException {
    try {
      new ContainerLengths(file).check();
    } catch (EOFException e) {
      throw new IOException("truncated, or a length in it is wrong", e);
    }
  }

  private void check() throws IOException {
    in.skipNBytes(MAGIC);
    for (long entries = number(); entries != 0; entries = number()) {
      if (entries < 0) {
        // Then the size of the entries follows.
        number();
      }
      for (long i = 0; i < Math.abs(entries); i++) {
        skip(number());
        skip(number());
      }
    }
    byte[] sync = in.readNBytes(SYNC);
    for (int first = in.read(); first >= 0; first = in.read()) {
      number(first);
      skip(number());
      if (!Arrays.equals(sync, in.readNBytes(SYNC))) {
        throw new IOException("a block does not end with the file's mark");
      }
    }
  }

  private void skip(long length) throws IOException {
    if (length < 0) {
      throw new IOException("a length of " + length + " bytes");
    }
    in.skipNBytes(length);
  }

  private long number() throws IOException {
    return number(in.readUnsignedByte());
  }

  /** Avro's variable-length number: seven bits a byte, the lowest first, the sign in the first. */
  private long number(int first) throws IOException {
    long bits = first & 0x7f;
    int last = first;
    for (int i = 1; last >= 0x80; i++) {
      if (i == MAX_VARINT) {
        throw new IOException("a number of more than ten bytes");
      }
      last = in.readUnsignedByte();
      bits |= (long) (last & 0x7f) << (7 * i);
    }
    return (bits >>> 1) ^ -(bits & 1);
  }
}
