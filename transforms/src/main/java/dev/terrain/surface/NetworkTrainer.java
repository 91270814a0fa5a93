package dev.terrain.surface;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.terrain.data.LabelledImages;
import dev.terrain.model.Network;

/**
 * A network under stochastic gradient descent with momentum, its weights in the engine's memory
 * from step to step. One thread at a time; {@link #close} frees the memory.
 */
public final class NetworkTrainer implements AutoCloseable {
  private final Network network;
  private final ImageLoader loader;
  private final NDManager manager = Torch.newManager();
  private final NDArray theta;
  private final NDArray velocity;
  private final NDArray statistics;

  /**
   * @param theta initial parameters
   * @param velocity initial momentum buffer, as long
   * @param statistics initial batch-norm statistics
   */
  public NetworkTrainer(
      Network network, LabelledImages images, float[] theta, float[] velocity, float[] statistics) {
    Torch.prepareThread();
    this.network = network;
    this.loader = new ImageLoader(images, Precision.FLOAT32);
    this.theta = upload(theta);
    this.velocity = upload(velocity);
    this.statistics = upload(statistics);
    this.theta.setRequiresGradient(true);
  }

  /**
   * The engine's own copy: its alignment, and so its bits, do not depend on where Java's array
   * lies.
   */
  private NDArray upload(float[] values) {
    try (NDArray shared = manager.create(values)) {
      return shared.duplicate();
    }
  }

  /**
   * What one batch said before its step.
   *
   * @param loss mean loss of the batch in train mode, in nats
   * @param hits images of the batch classified correctly
   */
  public record Step(double loss, int hits) {}

  /**
   * One step on a batch: u ← momentum·u + (g + decay·θ), θ ← θ − rate·u.
   *
   * @param examples positions of the batch's images
   */
  public Step step(int[] examples, double rate, double momentum, double decay) {
    try (NDManager scope = manager.newSubManager()) {
      FlatParameters parameters = new FlatParameters(scope, network, theta, statistics);
      NDArray logits = network.logits(parameters, loader.pixels(scope, examples), true);
      NDList result =
          AutogradModule.get().crossEntropyGradient(logits, loader.labels(scope, examples), theta);
      AutogradModule.get().momentumStep(theta, velocity, result.get(1), rate, momentum, decay);
      double[] numbers = result.get(0).toDoubleArray();
      return new Step(numbers[0], (int) numbers[1]);
    }
  }

  /** A copy of θ. */
  public float[] theta() {
    return theta.toFloatArray();
  }

  /** A copy of the momentum buffer. */
  public float[] velocity() {
    return velocity.toFloatArray();
  }

  /** A copy of the batch-norm statistics. */
  public float[] statistics() {
    return statistics.toFloatArray();
  }

  @Override
  public void close() {
    manager.close();
  }
}
