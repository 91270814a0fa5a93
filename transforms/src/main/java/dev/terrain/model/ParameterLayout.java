package dev.terrain.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.terrain.model.ParameterSlot.Start;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the parameters and batch-norm statistics of a network, in the order in which its layers
 * declare them.
 */
public final class ParameterLayout {
  private final List<ParameterSlot> trainable = new ArrayList<>();
  private final List<ParameterSlot> statistics = new ArrayList<>();

  /** A weight or bias of a layer whose units have {@code fanIn} inputs each. */
  public Parameter uniform(String name, Parameter.Type type, Shape shape, int fanIn) {
    return add(trainable, name, type, shape, Start.UNIFORM, 1 / Math.sqrt(fanIn));
  }

  /** A trainable scale or shift of batch norm. */
  public Parameter constant(String name, Parameter.Type type, Shape shape, Start start) {
    return add(trainable, name, type, shape, start, 0);
  }

  /** A running statistic of batch norm. */
  public Parameter statistic(String name, Parameter.Type type, Shape shape, Start start) {
    return add(statistics, name, type, shape, start, 0);
  }

  List<ParameterSlot> trainable() {
    return List.copyOf(trainable);
  }

  List<ParameterSlot> statistics() {
    return List.copyOf(statistics);
  }

  private static Parameter add(
      List<ParameterSlot> slots,
      String name,
      Parameter.Type type,
      Shape shape,
      Start start,
      double bound) {
    Parameter parameter = Parameter.builder().setName(name).setType(type).optShape(shape).build();
    int offset = slots.isEmpty() ? 0 : end(slots.get(slots.size() - 1));
    slots.add(new ParameterSlot(name, parameter, shape, offset, start, bound));
    return parameter;
  }

  /** First element after an array. */
  static int end(ParameterSlot slot) {
    return Math.addExact(slot.offset(), slot.size());
  }
}
