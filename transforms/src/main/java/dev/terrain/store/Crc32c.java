package dev.terrain.store;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;

/** The checksum by which Google Cloud Storage knows damaged content. */
final class Crc32c {
  private Crc32c() {}

  /** Base64 of the four bytes, the highest first, as the storage writes it. */
  static String base64(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }
}
