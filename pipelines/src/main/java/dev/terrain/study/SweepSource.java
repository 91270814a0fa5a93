package dev.terrain.study;

import dev.terrain.stage.standard.DataRules;
import dev.terrain.store.ObjectStores;
import dev.terrain.sweep.InvalidSweepException;
import dev.terrain.sweep.Problem;
import dev.terrain.sweep.SweepFile;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A sweep file wherever it is: a path, or an object of a bucket. */
public final class SweepSource {
  private SweepSource() {}

  /**
   * Reads a sweep file.
   *
   * @param address a path, or {@code gs://bucket/name}
   * @throws InvalidSweepException if there is no such file or it is no valid sweep, with all that
   *     is wrong
   * @throws IOException if the bucket cannot be read
   */
  public static Sweep read(String address) throws IOException {
    if (!isObject(address)) {
      return SweepFile.read(Path.of(address));
    }
    String name = address.substring(address.lastIndexOf('/') + 1);
    return SweepFile.parse(text(address), address, SweepFile.defaultName(name));
  }

  /**
   * Checks that a sweep that was read from a file fits its data.
   *
   * @param address where it was read from
   * @param dataLocation folder or {@code gs://} prefix of the data set's files; null for where they
   *     are by default
   * @throws InvalidSweepException with all that is wrong, and the places in the file
   * @throws IOException if the data set is missing or corrupt
   */
  public static void checkData(Sweep sweep, String address, String dataLocation)
      throws IOException {
    try {
      DataRules.check(sweep, dataLocation);
    } catch (InvalidSweepException e) {
      throw SweepFile.locate(text(address), address, e.problems());
    }
  }

  private static boolean isObject(String address) {
    return address.startsWith("gs://");
  }

  private static String text(String address) throws IOException {
    if (!isObject(address)) {
      return SweepFile.text(Path.of(address));
    }
    int slash = address.lastIndexOf('/');
    String name = address.substring(slash + 1);
    if (slash < "gs://b".length() || name.isEmpty()) {
      throw new IllegalArgumentException(address + ": not of the form gs://bucket/name");
    }
    byte[] bytes =
        ObjectStores.open(address.substring(0, slash))
            .read(name)
            .orElseThrow(() -> invalid(address, "there is no such object"));
    if (bytes.length > SweepFile.MAX_BYTES) {
      throw invalid(address, "has more than " + SweepFile.MAX_BYTES + " bytes");
    }
    return text(bytes, address);
  }

  private static String text(byte[] bytes, String address) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw invalid(address, "is not text in UTF-8");
    }
  }

  private static InvalidSweepException invalid(String address, String message) {
    return new InvalidSweepException(address, List.of(new Problem(0, 0, "", message)));
  }
}
