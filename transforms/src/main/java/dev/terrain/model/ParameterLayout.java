package dev.terrain.model;

import ai.djl.ndarray.types.Shape;
import dev.terrain.model.ParameterSlot.Start;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects the parameters and batch-norm statistics of a network, in the order in which its layers
 * declare them. Shapes are those of PyTorch.
 */
public final class ParameterLayout {
  private final List<ParameterSlot> trainable = new ArrayList<>();
  private final List<ParameterSlot> statistics = new ArrayList<>();

  /** A weight or bias of a layer whose units have {@code fanIn} inputs each. */
  public ParameterSlot uniform(String name, int fanIn, int... shape) {
    return add(trainable, name, Start.UNIFORM, 1 / Math.sqrt(fanIn), shape);
  }

  /** A trainable scale or shift of batch norm. */
  public ParameterSlot constant(String name, Start start, int... shape) {
    return add(trainable, name, start, 0, shape);
  }

  /** A running statistic of batch norm. */
  public ParameterSlot statistic(String name, Start start, int... shape) {
    return add(statistics, name, start, 0, shape);
  }

  List<ParameterSlot> trainable() {
    return List.copyOf(trainable);
  }

  List<ParameterSlot> statistics() {
    return List.copyOf(statistics);
  }

  private static ParameterSlot add(
      List<ParameterSlot> slots, String name, Start start, double bound, int... shape) {
    int offset = slots.isEmpty() ? 0 : end(slots.get(slots.size() - 1));
    Shape lengths = new Shape(Arrays.stream(shape).asLongStream().toArray());
    ParameterSlot slot = new ParameterSlot(name, lengths, offset, start, bound);
    slots.add(slot);
    return slot;
  }

  /** First element after an array. */
  static int end(ParameterSlot slot) {
    return Math.addExact(slot.offset(), slot.size());
  }
}
