package dev.terrain.data;

import java.io.IOException;

/**
 * Files of a data set that cannot be used: one is missing, cannot be read, is damaged or of the
 * wrong size, or they are not the content that is asked for. The message names the file and says
 * what to do.
 */
public final class InvalidDataException extends IOException {
  private static final long serialVersionUID = 1;

  public InvalidDataException(String message) {
    super(message);
  }

  public InvalidDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
