package dev.terrain.sweep;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The text of a file of bounded size. */
final class SweepText {
  private SweepText() {}

  /**
   * The text of a file in UTF-8.
   *
   * @throws InvalidSweepException if there is no such file, or it cannot be read, is too large or
   *     is not UTF-8
   */
  static String read(Path file, int maxBytes) {
    if (!Files.exists(file)) {
      throw invalid(file, "there is no such file");
    }
    if (Files.isDirectory(file)) {
      throw invalid(file, "is a folder, not a file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw invalid(file, "has more than " + maxBytes + " bytes");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw invalid(file, "is not text in UTF-8");
    } catch (IOException e) {
      throw invalid(file, "cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private static InvalidSweepException invalid(Path file, String message) {
    return new InvalidSweepException(file.toString(), List.of(new Problem(0, 0, "", message)));
  }
}
