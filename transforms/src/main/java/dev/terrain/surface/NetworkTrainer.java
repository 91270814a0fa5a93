package dev.terrain.surface;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.terrain.data.LabelledImages;
import dev.terrain.model.Network;
import dev.terrain.v1.ModelSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The {@link GradientDescent} that PyTorch computes, the weights in its memory from step to step.
 */
public final class NetworkTrainer implements GradientDescent {
  private final Network network;
  private final ModelSpec spec;
  private final Optimizer optimizer;
  private final ImageLoader loader;
  private final NDManager manager = Torch.newManager();
  private final NDArray theta;
  private final NDArray statistics;
  private final Map<String, NDArray> buffers = new LinkedHashMap<>();

  /**
   * @param spec what the optimiser reads its settings from
   * @param arrays the state to begin with, as {@link #initialArrays} has it
   */
  public NetworkTrainer(
      Network network,
      LabelledImages images,
      ModelSpec spec,
      Optimizer optimizer,
      Map<String, float[]> arrays) {
    Torch.prepareThread();
    this.network = network;
    this.spec = spec;
    this.optimizer = optimizer;
    this.loader = new ImageLoader(images, Precision.FLOAT32);
    this.theta = upload(arrays, THETA);
    optimizer.buffers().forEach(name -> buffers.put(name, upload(arrays, name)));
    this.statistics = upload(arrays, STATISTICS);
    this.theta.setRequiresGradient(true);
  }

  /** The same with the optimiser of the spec, at the start of a training. */
  public static NetworkTrainer atStart(
      Network network, LabelledImages images, ModelSpec spec, String modelId) {
    Optimizer optimizer = Optimizers.of(spec);
    return new NetworkTrainer(
        network, images, spec, optimizer, initialArrays(network, optimizer, modelId));
  }

  /**
   * The state at the start of a training.
   *
   * @param modelId keys the initial weights
   */
  public static Map<String, float[]> initialArrays(
      Network network, Optimizer optimizer, String modelId) {
    Map<String, float[]> arrays = new LinkedHashMap<>();
    arrays.put(THETA, network.initialParameters(modelId));
    optimizer.buffers().forEach(name -> arrays.put(name, new float[network.dimension()]));
    arrays.put(STATISTICS, network.initialStatistics());
    return arrays;
  }

  /**
   * The engine's own copy: its alignment, and so its bits, do not depend on where Java's array
   * lies.
   */
  private NDArray upload(Map<String, float[]> arrays, String name) {
    try (NDArray shared = manager.create(Objects.requireNonNull(arrays.get(name)))) {
      return shared.duplicate();
    }
  }

  @Override
  public Step step(int[] examples, double rate, long number) {
    try (NDManager scope = manager.newSubManager()) {
      FlatParameters parameters = new FlatParameters(scope, network, theta, statistics);
      NDArray logits = network.logits(parameters, loader.pixels(scope, examples), true);
      NDList result =
          AutogradModule.get().crossEntropyGradient(logits, loader.labels(scope, examples), theta);
      descend(scope, result.get(1), new Optimizer.Step(spec, rate, number));
      double[] numbers = result.get(0).toDoubleArray();
      return new Step(numbers[0], (int) numbers[1]);
    }
  }

  /** Whatever the optimiser makes of θ and the buffers goes with the scope. */
  private void descend(NDManager scope, NDArray gradient, Optimizer.Step step) {
    theta.tempAttach(scope);
    buffers.values().forEach(buffer -> buffer.tempAttach(scope));
    Torch.withoutGradients(() -> optimizer.step(theta, buffers, gradient, step));
  }

  @Override
  public float[] array(String name) {
    return switch (name) {
      case THETA -> theta.toFloatArray();
      case STATISTICS -> statistics.toFloatArray();
      default -> {
        if (!buffers.containsKey(name)) {
          throw new IllegalArgumentException(
              "optimizer %s has no buffer '%s'; it has %s"
                  .formatted(optimizer.name(), name, buffers.keySet()));
        }
        yield buffers.get(name).toFloatArray();
      }
    };
  }

  @Override
  public Map<String, float[]> arrays() {
    Map<String, float[]> arrays = new LinkedHashMap<>();
    arrays.put(THETA, array(THETA));
    buffers.keySet().forEach(name -> arrays.put(name, array(name)));
    arrays.put(STATISTICS, array(STATISTICS));
    return arrays;
  }

  @Override
  public void close() {
    manager.close();
  }
}
