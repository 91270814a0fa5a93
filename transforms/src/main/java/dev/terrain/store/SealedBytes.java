package dev.terrain.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Small files of one message, which has no check of its own: the message, then its SHA-256. Without
 * it a changed bit is another number.
 */
public final class SealedBytes {
  private static final int SEAL = 32;

  private SealedBytes() {}

  /** What {@link #open} takes apart. */
  public static byte[] seal(ByteBuffer message) {
    byte[] sealed = Arrays.copyOf(bytes(message), message.remaining() + SEAL);
    byte[] hash = Sha256.digest().digest(bytes(message));
    System.arraycopy(hash, 0, sealed, message.remaining(), SEAL);
    return sealed;
  }

  private static byte[] bytes(ByteBuffer message) {
    byte[] bytes = new byte[message.remaining()];
    message.duplicate().get(bytes);
    return bytes;
  }

  /**
   * The message of a file.
   *
   * @throws IOException if the file is damaged, or was not sealed
   */
  public static byte[] open(byte[] file) throws IOException {
    int length = file.length - SEAL;
    if (length < 0) {
      throw new IOException("truncated");
    }
    byte[] message = Arrays.copyOf(file, length);
    byte[] hash = Sha256.digest().digest(message);
    if (!Arrays.equals(hash, 0, SEAL, file, length, file.length)) {
      throw new IOException("its SHA-256 is not the recorded one");
    }
    return message;
  }
}
