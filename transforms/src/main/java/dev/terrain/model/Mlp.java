package dev.terrain.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.terrain.v1.ModelSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Multi-layer perceptrons: linear layers {@code fc1 … fcL} with ReLU between them, on flattened
 * images.
 */
final class Mlp implements Architecture {
  @Override
  public String name() {
    return "mlp";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Set<String> settings() {
    return Set.of("width", "depth", "hidden_widths");
  }

  @Override
  public Network network(ModelSpec spec, ImageShape shape) {
    ParameterLayout layout = new ParameterLayout();
    return Network.of(new Perceptron(layout, shape, widths(spec, shape)), layout);
  }

  /** Outputs of each layer. */
  private static List<Integer> widths(ModelSpec spec, ImageShape shape) {
    List<Integer> widths =
        new ArrayList<>(
            spec.getHiddenWidths().isEmpty()
                ? Collections.nCopies(spec.getDepth(), spec.getWidth())
                : spec.getHiddenWidths());
    widths.add(shape.classes());
    return widths;
  }

  @Override
  public long multiplyAdds(ModelSpec spec, ImageShape shape) {
    long sum = 0;
    long inputs = shape.pixels();
    for (int width : widths(spec, shape)) {
      sum += inputs * width;
      inputs = width;
    }
    return sum;
  }

  private static final class Perceptron extends FlatBlock {
    private final int classes;
    private final List<LinearLayer> layers = new ArrayList<>();

    Perceptron(ParameterLayout layout, ImageShape shape, List<Integer> widths) {
      classes = shape.classes();
      int inputs = shape.pixels();
      for (int width : widths) {
        String name = "fc" + (layers.size() + 1);
        layers.add(addChildBlock(name, new LinearLayer(layout, name, inputs, width)));
        inputs = width;
      }
    }

    @Override
    public NDArray forward(
        ParameterStore store,
        NDArray input,
        boolean training,
        @Nullable PairList<String, Object> options) {
      NDArray x = input.reshape(input.getShape().get(0), -1);
      for (int i = 0; i < layers.size(); i++) {
        x = layers.get(i).forward(store, i == 0 ? x : Activation.relu(x), training, options);
      }
      return x;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
      return new Shape[] {new Shape(inputShapes[0].get(0), classes)};
    }
  }
}
