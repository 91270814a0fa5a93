package dev.terrain.study;

/** An id as people read it: enough of it to tell it from the others of a study. */
public final class ShortId {
  private static final int DIGITS = 12;

  private ShortId() {}

  public static String of(String id) {
    return id.substring(0, DIGITS);
  }
}
