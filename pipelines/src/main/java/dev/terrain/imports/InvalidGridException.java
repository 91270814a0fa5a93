package dev.terrain.imports;

import dev.terrain.sweep.VisibleText;

/** Says that a grid cannot be imported: the file, the line, the column, and what is wrong there. */
public final class InvalidGridException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private InvalidGridException(String message) {
    super(message);
  }

  /** A problem of a grid as a whole. */
  static InvalidGridException of(String grid, String problem) {
    return new InvalidGridException(grid + ": " + problem);
  }

  /** A problem of a line. */
  static InvalidGridException at(String grid, long line, String problem) {
    return of(grid, "line " + line + ": " + problem);
  }

  /** A problem of a field. */
  static InvalidGridException at(String grid, long line, String column, String problem) {
    return of(grid, "line " + line + ", column " + VisibleText.of(column) + ": " + problem);
  }
}
