package dev.terrain.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** Writes IDX files. */
final class IdxFiles {
  private IdxFiles() {}

  static byte[] encode(int[] shape, byte[] bytes) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * shape.length + bytes.length);
    file.put(new byte[] {0, 0, 8, (byte) shape.length});
    for (int length : shape) {
      file.putInt(length);
    }
    return file.put(bytes).array();
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
