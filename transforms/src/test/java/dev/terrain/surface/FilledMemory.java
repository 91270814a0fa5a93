package dev.terrain.surface;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The library of {@code filled_memory.c}. Preloaded into a process, it fills the memory that the
 * engine asks for with NaN, so that whatever is read before it is written shows.
 */
final class FilledMemory {
  private static final String SOURCE = "filled_memory.c";

  private FilledMemory() {}

  /**
   * Compiles the library.
   *
   * @throws IllegalStateException if there is no gcc, or it fails
   */
  static Path compile(Path folder) throws IOException, InterruptedException {
    Path source = folder.resolve(SOURCE);
    try (InputStream text = FilledMemory.class.getResourceAsStream(SOURCE)) {
      Files.copy(text, source);
    }
    Path library = folder.resolve("filled_memory.so");
    Process gcc;
    try {
      gcc =
          new ProcessBuilder(
                  "gcc", "-O1", "-shared", "-fPIC", "-o", library.toString(), source.toString())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw new IllegalStateException(
          "memory filled with NaN cannot be tested: it needs gcc on the path ("
              + e.getMessage()
              + ")",
          e);
    }
    String output = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (gcc.waitFor() != 0) {
      throw new IllegalStateException(
          "memory filled with NaN cannot be tested: gcc failed: " + output);
    }
    return library;
  }

  /** Whether memory that the engine has not written yet holds NaN. */
  static boolean isFilled() {
    Torch.prepareThread();
    try (NDManager manager = Torch.newManager();
        NDArray fresh = manager.create(new Shape(1 << 16), DataType.FLOAT32)) {
      for (float value : fresh.toFloatArray()) {
        if (!Float.isNaN(value)) {
          return false;
        }
      }
      return true;
    }
  }
}
