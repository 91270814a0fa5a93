package dev.terrain.surface;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.terrain.model.Pass;

/** Weights in the engine's memory, and the network's outputs at them; freed by {@link #close}. */
final class PlacedWeights implements AutoCloseable {
  private final NetworkModule module;
  private final ImageLoader loader;
  private final NDManager manager = Torch.newManager();
  private final NDArray theta;
  private final NDArray statistics;

  /**
   * @param script of the network, from {@link NetworkModule#source}
   */
  PlacedWeights(String script, ImageLoader loader, Vectors vectors, Weights weights) {
    Torch.prepareThread();
    module = new NetworkModule(script);
    this.loader = loader;
    theta = vectors.upload(manager, weights.theta());
    statistics = vectors.upload(manager, weights.statistics());
  }

  /** The same, and gradients with respect to θ can be taken of what is computed. */
  static PlacedWeights differentiable(
      String script, ImageLoader loader, Vectors vectors, Weights weights) {
    PlacedWeights placed = new PlacedWeights(script, loader, vectors, weights);
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

  /** The outputs for the images at some positions, in eval mode. */
  NDArray outputs(NDManager scope, int[] positions) {
    return outputs(Pass.Mode.EVALUATE, loader.pixels(scope, positions));
  }

  /** The outputs for some images, in their scope. */
  NDArray outputs(Pass.Mode mode, NDArray pixels) {
    return module.outputs(mode, pixels, theta, statistics);
  }

  /** The outputs in eval mode, and how many numbers were made on the way to them. */
  NetworkModule.CountedOutputs countedOutputs(NDManager scope, int[] positions) {
    return module.countedOutputs(loader.pixels(scope, positions), theta, statistics);
  }

  @Override
  public void close() {
    manager.close();
    module.close();
  }
}
