package dev.terrain.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/** y = x Wᵀ + b: (n, inputs) to (n, outputs). */
public final class LinearLayer extends FlatBlock {
  private final int outputs;
  private final Parameter weight;
  private final Parameter bias;

  /**
   * @param name of its arrays, without the last part
   * @param inputs numbers that it reads
   * @param outputs numbers that it makes
   */
  public LinearLayer(ParameterLayout layout, String name, int inputs, int outputs) {
    this.outputs = outputs;
    weight =
        addParameter(
            layout.uniform(
                name + ".weight", Parameter.Type.WEIGHT, new Shape(outputs, inputs), inputs));
    bias =
        addParameter(
            layout.uniform(name + ".bias", Parameter.Type.BIAS, new Shape(outputs), inputs));
  }

  @Override
  public NDArray forward(
      ParameterStore store,
      NDArray input,
      boolean training,
      @Nullable PairList<String, Object> options) {
    return Linear.linear(
            input,
            store.getValue(weight, input.getDevice(), training),
            store.getValue(bias, input.getDevice(), training))
        .singletonOrThrow();
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), outputs)};
  }
}
