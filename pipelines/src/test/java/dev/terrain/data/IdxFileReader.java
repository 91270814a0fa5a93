package dev.terrain.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;

/** Reads and makes IDX files for tests of other packages. */
public final class IdxFileReader {
  private IdxFileReader() {}

  /** Reads a file of images. */
  public static void read(byte[] file, String name) throws IOException {
    IdxFile.parse(file, 3, name);
  }

  /** Ten compressed images of 8 x 8 pixels. */
  public static byte[] images() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(file)) {
      out.write(new byte[] {0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, 8, 0, 0, 0, 8});
      for (int i = 0; i < 640; i++) {
        out.write(i * 7);
      }
    }
    return file.toByteArray();
  }
}
