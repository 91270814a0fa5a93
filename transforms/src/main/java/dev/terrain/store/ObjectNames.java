package dev.terrain.store;

/** The rules for the names of objects. */
final class ObjectNames {
  /** What the last segment of a file begins with until the file is whole. */
  static final String TEMPORARY = ".tmp-";

  private ObjectNames() {}

  /** Returns a valid name. */
  static String check(String name) {
    for (String segment : name.split("/", -1)) {
      if (segment.isEmpty() || segment.startsWith(TEMPORARY)) {
        throw invalid(name);
      }
      checkCharacters(name, segment);
    }
    return name;
  }

  /** Returns a valid beginning of a name. */
  static String checkPrefix(String prefix) {
    String[] segments = prefix.split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      if (segments[i].isEmpty() && i < segments.length - 1) {
        throw invalid(prefix);
      }
      checkCharacters(prefix, segments[i]);
    }
    return prefix;
  }

  private static void checkCharacters(String name, String segment) {
    boolean control = segment.chars().anyMatch(Character::isISOControl);
    if (control || segment.equals(".") || segment.equals("..") || segment.indexOf('\\') >= 0) {
      throw invalid(name);
    }
  }

  private static IllegalArgumentException invalid(String name) {
    return new IllegalArgumentException(
        "'"
            + name
            + "' is no object name: segments joined by '/', not empty, not '.' or '..', not"
            + " beginning with '"
            + TEMPORARY
            + "', without backslashes");
  }
}
