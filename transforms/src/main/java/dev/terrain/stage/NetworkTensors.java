package dev.terrain.stage;

import dev.terrain.model.Network;
import dev.terrain.model.ParameterSlot;
import dev.terrain.surface.ParameterSubset;
import dev.terrain.surface.Weights;
import dev.terrain.weights.Checkpoint;
import dev.terrain.weights.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Cuts flat vectors into the named tensors of a checkpoint, and joins them again. */
public final class NetworkTensors {
  private NetworkTensors() {}

  public static List<Tensor> of(Network network, float[] theta, float[] statistics) {
    List<Tensor> tensors = new ArrayList<>();
    cut(network.parameters(), theta, tensors);
    cut(network.statistics(), statistics, tensors);
    return tensors;
  }

  /**
   * Some components of a vector of R^d, rounded to single precision, as the arrays of θ that they
   * belong to.
   *
   * @param part one number for each component of the subset
   */
  public static List<Tensor> parameters(Network network, ParameterSubset subset, double[] part) {
    double[] vector = subset.extend(part);
    float[] rounded = new float[vector.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) vector[i];
    }
    List<Tensor> tensors = new ArrayList<>();
    cut(network.parameters().stream().filter(subset::contains).toList(), rounded, tensors);
    return tensors;
  }

  private static void cut(List<ParameterSlot> slots, float[] flat, List<Tensor> tensors) {
    for (ParameterSlot slot : slots) {
      float[] values = Arrays.copyOfRange(flat, slot.offset(), slot.offset() + slot.size());
      tensors.add(new Tensor(slot.name(), slot.lengths(), values));
    }
  }

  /**
   * The weights in a checkpoint.
   *
   * @throws IllegalArgumentException if the checkpoint is not of this network: lacks one of its
   *     tensors, has one of another shape, or has others
   */
  public static Weights weights(Network network, Checkpoint checkpoint) {
    Map<String, Tensor> tensors =
        checkpoint.tensors().stream().collect(Collectors.toMap(Tensor::name, Function.identity()));
    Set<String> others = new TreeSet<>(tensors.keySet());
    network.parameters().forEach(slot -> others.remove(slot.name()));
    network.statistics().forEach(slot -> others.remove(slot.name()));
    if (!others.isEmpty()) {
      throw new IllegalArgumentException(
          "checkpoint of model %s: has tensors that its network has not: %s"
              .formatted(checkpoint.modelId(), String.join(", ", others)));
    }
    double[] theta = join(network.parameters(), network.dimension(), tensors, checkpoint);
    double[] statistics = join(network.statistics(), network.statisticsSize(), tensors, checkpoint);
    return new Weights(theta, statistics);
  }

  private static double[] join(
      List<ParameterSlot> slots, int size, Map<String, Tensor> tensors, Checkpoint checkpoint) {
    double[] flat = new double[size];
    for (ParameterSlot slot : slots) {
      Tensor tensor = tensors.get(slot.name());
      if (tensor == null || !Arrays.equals(tensor.shape(), slot.lengths())) {
        throw new IllegalArgumentException(
            "checkpoint of model %s: tensor %s must have shape %s; found: %s"
                .formatted(
                    checkpoint.modelId(),
                    slot.name(),
                    Arrays.toString(slot.lengths()),
                    tensor == null ? "nothing" : Arrays.toString(tensor.shape())));
      }
      for (int i = 0; i < slot.size(); i++) {
        flat[slot.offset() + i] = tensor.values()[i];
      }
    }
    return flat;
  }
}
