package dev.terrain.surface;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.terrain.model.Network;

/** Weights in the engine's memory, and the network's outputs at them; freed by {@link #close}. */
final class PlacedWeights implements AutoCloseable {
  private final Network network;
  private final ImageLoader loader;
  private final NDManager manager = Torch.newManager();
  private final NDArray theta;
  private final NDArray statistics;

  PlacedWeights(Network network, ImageLoader loader, Vectors vectors, Weights weights) {
    Torch.prepareThread();
    this.network = network;
    this.loader = loader;
    theta = vectors.upload(manager, weights.theta());
    statistics = vectors.upload(manager, weights.statistics());
  }

  /** The same, and gradients with respect to θ can be taken of what is computed. */
  static PlacedWeights differentiable(
      Network network, ImageLoader loader, Vectors vectors, Weights weights) {
    PlacedWeights placed = new PlacedWeights(network, loader, vectors, weights);
    placed.theta.setRequiresGradient(true);
    return placed;
  }

  /** The scope in which they live. */
  NDManager manager() {
    return manager;
  }

  NDArray theta() {
    return theta;
  }

  NDArray statistics() {
    return statistics;
  }

  FlatParameters parameters(NDManager scope) {
    return new FlatParameters(scope, network, theta, statistics);
  }

  /** The outputs for the images at some positions, in eval mode. */
  NDArray outputs(NDManager scope, int[] positions) {
    return network.logits(parameters(scope), loader.pixels(scope, positions), false);
  }

  @Override
  public void close() {
    manager.close();
  }
}
