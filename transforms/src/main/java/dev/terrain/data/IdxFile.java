package dev.terrain.data;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * An IDX file of unsigned bytes, the format of MNIST: the magic number 0x0000080D for D dimensions,
 * their D lengths (32-bit, big-endian), and the bytes in row-major order.
 *
 * @param shape the lengths, each at least 1
 * @param bytes as many as their product
 */
@SuppressWarnings("ArrayRecordComponent")
record IdxFile(int[] shape, byte[] bytes) {
  private static final int UNSIGNED_BYTES = 0x800;
  private static final int GZIP_MAGIC = 0x8b1f;
  // The deflate format cannot do better, so a header that promises more is wrong.
  private static final long MAX_COMPRESSION = 1032;

  /**
   * Reads a file.
   *
   * @param file its bytes, plain or compressed by gzip
   * @param name its name, for messages
   * @throws InvalidDataException naming the file, if it is not an IDX file of bytes with so many
   *     dimensions, or is truncated or too long
   */
  static IdxFile parse(byte[] file, int dimensions, String name) throws InvalidDataException {
    try (InputStream in = open(file)) {
      return read(new DataInputStream(in), dimensions, bound(file));
    } catch (IOException e) {
      String problem = e.getMessage() == null ? "truncated" : e.getMessage();
      throw new InvalidDataException(
          name + ": corrupt IDX file (" + problem + "); fetch it again", e);
    }
  }

  private static boolean compressed(byte[] file) {
    return file.length >= 2
        && (Byte.toUnsignedInt(file[0]) | Byte.toUnsignedInt(file[1]) << 8) == GZIP_MAGIC;
  }

  private static InputStream open(byte[] file) throws IOException {
    InputStream in = new ByteArrayInputStream(file);
    return compressed(file) ? new GZIPInputStream(in, 1 << 16) : in;
  }

  /** The most bytes that can come out of a file. */
  private static long bound(byte[] file) {
    long limit = compressed(file) ? file.length * MAX_COMPRESSION : file.length;
    return Math.min(limit, Integer.MAX_VALUE - 8);
  }

  private static IdxFile read(DataInputStream in, int dimensions, long bound) throws IOException {
    int magic = in.readInt();
    if (magic != (UNSIGNED_BYTES | dimensions)) {
      throw new IOException(
          String.format("magic number 0x%08x, not 0x%08x", magic, UNSIGNED_BYTES | dimensions));
    }
    int[] shape = new int[dimensions];
    for (int i = 0; i < dimensions; i++) {
      shape[i] = in.readInt();
    }
    long count = 1;
    for (int length : shape) {
      // Neither factor exceeds 2^31, so the product cannot overflow.
      count *= length;
      if (length < 1 || count > bound) {
        throw new IOException(
            "a shape of "
                + Arrays.toString(shape)
                + " in a file that has at most "
                + bound
                + " bytes");
      }
    }
    byte[] bytes = new byte[(int) count];
    in.readFully(bytes);
    if (in.read() >= 0) {
      throw new IOException("bytes after the " + count + " that its header promises");
    }
    return new IdxFile(shape, bytes);
  }
}
