package dev.terrain.stage;

import dev.terrain.model.ImageShape;
import dev.terrain.model.Network;
import dev.terrain.v1.ModelSpec;

/**
 * The network of the models of a cell, on their images.
 *
 * @param spec of one of the models
 * @param images their shape
 * @param network the network
 */
public record CellNetwork(ModelSpec spec, ImageShape images, Network network) {
  /**
   * Where batches of a single image are possible there must be more values to take a variance of.
   */
  private static final int LEAST_VALUES = 2;

  /** Whether batch norm could not be trained on a batch of a single image. */
  public boolean normalisesSingleValues() {
    return network.valuesPerNormalisedChannel().orElse(LEAST_VALUES) < LEAST_VALUES;
  }

  /** Why batches of a single image are none, if they are not. */
  public String cannotTakeSingleImages() {
    return "the batch norm of %s cannot be trained on a single image of %dx%d pixels"
        .formatted(spec.getArchitecture(), images.height(), images.width());
  }
}
