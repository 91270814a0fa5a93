package dev.terrain.model;

import dev.terrain.v1.ModelSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

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

  private static final class Perceptron implements Layer {
    private final List<LinearLayer> layers = new ArrayList<>();

    Perceptron(ParameterLayout layout, ImageShape shape, List<Integer> widths) {
      int inputs = shape.pixels();
      for (int width : widths) {
        layers.add(new LinearLayer(layout, "fc" + (layers.size() + 1), inputs, width));
        inputs = width;
      }
    }

    @Override
    public Value forward(Pass pass, Value input) {
      Value x = pass.flatten(input);
      for (int i = 0; i < layers.size(); i++) {
        x = layers.get(i).forward(pass, i == 0 ? x : pass.relu(x));
      }
      return x;
    }
  }
}
