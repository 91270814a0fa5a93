package dev.terrain.study;

import dev.terrain.checks.StoredWeights;
import dev.terrain.store.ObjectStore;
import dev.terrain.weights.Checkpoints;
import dev.terrain.weights.CorruptCheckpointException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;

/** Holds the files of a study's models against what was recorded of them. */
public final class ModelFiles implements StoredWeights {
  private static final String REMEDY =
      "restore the file, or train the model again with 'terrain run --force=train'";

  private final ObjectStore store;

  public ModelFiles(ObjectStore store) {
    this.store = store;
  }

  @Override
  public Optional<String> fault(String modelId, String sha256) throws IOException {
    try {
      String found = new Checkpoints(store).load(modelId).dataSha256();
      return found.equals(sha256)
          ? Optional.empty()
          : Optional.of(
              "%s holds other weights (SHA-256 %s) than were recorded (%s); %s"
                  .formatted(store.uri(Checkpoints.name(modelId)), found, sha256, REMEDY));
    } catch (FileNotFoundException e) {
      return Optional.of(
          "%s is missing; %s".formatted(store.uri(Checkpoints.name(modelId)), REMEDY));
    } catch (CorruptCheckpointException e) {
      return Optional.of(e.getMessage() + "; " + REMEDY);
    }
  }
}
