package dev.terrain.cli;

import dev.terrain.copy.TablesCopy;

/** Says what became of a copy of tables. */
final class CopyText {
  private CopyText() {}

  static String of(TablesCopy.Outcome copy) {
    return "copy: %s (%d files, %d bytes)%s"
        .formatted(
            copy.address(), copy.files(), copy.bytes(), copy.upToDate() ? " is up to date" : "");
  }
}
