package dev.terrain.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Small data sets in the form of fashion-mnist, for tests of other packages. */
public final class FashionFiles {
  private static final int IMAGES = 60;
  private static final int SIDE = 8;

  private FashionFiles() {}

  /** Writes the four files, of 60 drawn images each of 8 x 8 pixels, into a folder that is made. */
  public static Path write(Path folder, long seed) throws IOException {
    Files.createDirectories(folder);
    Random random = new Random(seed);
    for (String part : new String[] {"train", "t10k"}) {
      byte[] pixels = new byte[IMAGES * SIDE * SIDE];
      random.nextBytes(pixels);
      byte[] labels = new byte[IMAGES];
      for (int i = 0; i < IMAGES; i++) {
        labels[i] = (byte) (i % 10);
      }
      write(folder.resolve(part + "-images-idx3-ubyte"), new int[] {IMAGES, SIDE, SIDE}, pixels);
      write(folder.resolve(part + "-labels-idx1-ubyte"), new int[] {IMAGES}, labels);
    }
    return folder;
  }

  private static void write(Path file, int[] shape, byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {0, 0, 8, (byte) shape.length});
    for (int length : shape) {
      out.write(new byte[] {0, 0, 0, (byte) length});
    }
    out.write(bytes);
    Files.write(file, out.toByteArray());
  }
}
