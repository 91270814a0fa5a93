package dev.terrain.pipelines;

/** An id as people read it: enough of it to tell it from the others of a study. */
final class ShortId {
  private static final int DIGITS = 12;

  private ShortId() {}

  static String of(String id) {
    return id.substring(0, DIGITS);
  }
}
