package dev.terrain.weights;

import java.io.IOException;

/**
 * A file of tensors that cannot be used: it is damaged, was written by a later version, or belongs
 * to another model. The message names the file.
 */
public final class CorruptCheckpointException extends IOException {
  private static final long serialVersionUID = 1L;

  CorruptCheckpointException(String file, String problem) {
    super(file + ": " + problem);
  }
}
