package dev.terrain.surface;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.terrain.data.LabelledImages;
import dev.terrain.model.Network;

/**
 * The {@link GradientDescent} that PyTorch computes, the weights in its memory from step to step.
 */
public final class NetworkTrainer implements GradientDescent {
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

  @Override
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

  @Override
  public float[] theta() {
    return theta.toFloatArray();
  }

  @Override
  public float[] velocity() {
    return velocity.toFloatArray();
  }

  @Override
  public float[] statistics() {
    return statistics.toFloatArray();
  }

  @Override
  public void close() {
    manager.close();
  }
}
