package dev.terrain.imports;

import dev.terrain.store.ObjectStores;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that is read once, wherever it is.
 *
 * @param address a path, or {@code gs://bucket/name}
 */
record InputFile(String address) {

  /** Its name without folders. */
  String name() {
    return address.substring(Math.max(address.lastIndexOf('/'), address.lastIndexOf('\\')) + 1);
  }

  /**
   * Its bytes from the start; the caller closes them.
   *
   * @throws FileNotFoundException if there is no such file
   */
  InputStream open() throws IOException {
    if (address.startsWith("gs://")) {
      int slash = address.lastIndexOf('/');
      return new ByteArrayInputStream(
          ObjectStores.open(address.substring(0, slash))
              .read(name())
              .orElseThrow(() -> new FileNotFoundException(address + ": no such object")));
    }
    Path path = Path.of(address);
    if (!Files.exists(path)) {
      throw new FileNotFoundException(address + ": no such file");
    }
    if (Files.isDirectory(path)) {
      throw new FileNotFoundException(address + ": is a folder, not a file");
    }
    return Files.newInputStream(path);
  }

  /**
   * Its text in UTF-8.
   *
   * @throws IllegalArgumentException if it is longer, or no such text
   */
  String text(int maxBytes) throws IOException {
    try (InputStream in = open()) {
      byte[] bytes = in.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw new IllegalArgumentException(address + ": has more than " + maxBytes + " bytes");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(address + ": is not text in UTF-8", e);
    }
  }
}
