package dev.terrain.ledger;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names in the store of what is kept for a unit of work: {@code <folder>/<stage>/<first two digits
 * of the key>/<key>.avro}.
 */
final class UnitNames {
  private static final String SUFFIX = ".avro";
  private static final Pattern STAGE = Pattern.compile("[a-z][a-z0-9_-]*");
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{2,64}");

  private UnitNames() {}

  static String folder(String folder, String stage) {
    if (!STAGE.matcher(stage).matches()) {
      throw new IllegalArgumentException(
          "stage '" + stage + "' must be a word of a-z, 0-9, '_' and '-'");
    }
    return folder + "/" + stage + "/";
  }

  static String of(String folder, String stage, String key) {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException(
          "key '" + key + "' must be 2 to 64 hexadecimal digits in lower case");
    }
    return folder(folder, stage) + key.substring(0, 2) + "/" + key + SUFFIX;
  }

  /** The key in a name; empty if it is no unit's. */
  static Optional<String> key(String folder, String stage, String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    if (!file.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    String key = file.substring(0, file.length() - SUFFIX.length());
    return KEY.matcher(key).matches() && name.equals(of(folder, stage, key))
        ? Optional.of(key)
        : Optional.empty();
  }
}
