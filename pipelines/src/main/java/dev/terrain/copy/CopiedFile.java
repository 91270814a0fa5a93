package dev.terrain.copy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a file of a copy holds.
 *
 * @param size its length in bytes
 * @param sha256 SHA-256 of its bytes, in lower-case hexadecimal
 */
record CopiedFile(long size, String sha256) {
  private static final int BUFFER = 1 << 16;

  /** What a stream holds; it is read to its end, and not closed. */
  static CopiedFile of(InputStream content) throws IOException {
    return transfer(content, OutputStream.nullOutputStream());
  }

  /** The same, and everything is written to another stream on the way. */
  static CopiedFile transfer(InputStream content, OutputStream out) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[BUFFER];
    long size = 0;
    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
      out.write(buffer, 0, read);
      digest.update(buffer, 0, read);
      size += read;
    }
    return new CopiedFile(size, HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
