package dev.terrain.checks;

import java.io.IOException;
import java.util.Optional;

/** The files of a study's trained models. */
@FunctionalInterface
public interface StoredWeights {
  /**
   * What is wrong with the weights of a model, which are read whole; empty if nothing is.
   *
   * @param sha256 SHA-256 (hex) of the tensors' bytes as they were recorded
   * @throws IOException if the storage fails
   */
  Optional<String> fault(String modelId, String sha256) throws IOException;
}
