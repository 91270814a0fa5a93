package dev.terrain.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.terrain.v1.ModelSpec;
import java.util.Set;

/** An architecture that is no part of Terrain: one linear layer on flattened images. */
public final class SoftmaxRegression implements Architecture {
  @Override
  public String name() {
    return "softmax-regression";
  }

  @Override
  public int version() {
    return 3;
  }

  @Override
  public Set<String> settings() {
    return Set.of();
  }

  @Override
  public Network network(ModelSpec spec, ImageShape shape) {
    ParameterLayout layout = new ParameterLayout();
    return Network.of(new Layer(layout, shape), layout);
  }

  @Override
  public long multiplyAdds(ModelSpec spec, ImageShape shape) {
    return (long) shape.pixels() * shape.classes();
  }

  private static final class Layer extends FlatBlock {
    private final LinearLayer linear;

    Layer(ParameterLayout layout, ImageShape shape) {
      linear = addChildBlock("fc", new LinearLayer(layout, "fc", shape.pixels(), shape.classes()));
    }

    @Override
    public NDArray forward(
        ParameterStore store, NDArray input, boolean training, PairList<String, Object> options) {
      NDArray flat = input.reshape(input.getShape().get(0), -1);
      return linear.forward(store, flat, training, options);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
      return linear.getOutputShapes(inputShapes);
    }
  }
}
