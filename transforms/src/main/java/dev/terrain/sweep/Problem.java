package dev.terrain.sweep;

import java.io.Serializable;

/**
 * One thing that is wrong with a sweep.
 *
 * @param line line in the file, counted from 1; 0 if the problem has no place
 * @param column column in the file, counted from 1; 0 if the problem has no place
 * @param path dotted path of the setting, such as {@code base.learning_rate} or {@code seeds[2]};
 *     empty for the file as a whole
 * @param message what is wrong and what is allowed
 */
public record Problem(int line, int column, String path, String message) implements Serializable {

  /** The problem as {@code line:column: path: message}, without the parts that it lacks. */
  @Override
  public String toString() {
    String place = line == 0 ? "" : line + ":" + column + ": ";
    return place + (path.isEmpty() ? "" : path + ": ") + message;
  }
}
