package org.example.terrain;

import dev.terrain.model.Architecture;
import dev.terrain.model.ImageShape;
import dev.terrain.model.Layer;
import dev.terrain.model.LinearLayer;
import dev.terrain.model.Network;
import dev.terrain.model.ParameterLayout;
import dev.terrain.model.Pass;
import dev.terrain.model.Value;
import dev.terrain.v1.ModelSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Perceptrons whose hidden layers, all of one width, add to what they read. */
public final class SkipPerceptron implements Architecture {
  @Override
  public String name() {
    return "skip-perceptron";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Set<String> settings() {
    return Set.of("width", "depth");
  }

  @Override
  public Network network(ModelSpec spec, ImageShape shape) {
    ParameterLayout layout = new ParameterLayout();
    return Network.of(new SkipLayers(layout, shape, spec.getWidth(), spec.getDepth()), layout);
  }

  @Override
  public long multiplyAdds(ModelSpec spec, ImageShape shape) {
    long width = spec.getWidth();
    return width * (shape.pixels() + spec.getDepth() * width + shape.classes());
  }

  /** x ← W x + b; then x ← x + relu(W x + b), {@code depth} times; then the logits W x + b. */
  private static final class SkipLayers implements Layer {
    private final List<LinearLayer> hidden = new ArrayList<>();
    private final LinearLayer first;
    private final LinearLayer last;

    SkipLayers(ParameterLayout layout, ImageShape shape, int width, int depth) {
      first = new LinearLayer(layout, "first", shape.pixels(), width);
      for (int i = 1; i <= depth; i++) {
        hidden.add(new LinearLayer(layout, "hidden" + i, width, width));
      }
      last = new LinearLayer(layout, "last", width, shape.classes());
    }

    @Override
    public Value forward(Pass pass, Value input) {
      Value x = first.forward(pass, pass.flatten(input));
      for (LinearLayer layer : hidden) {
        x = pass.add(x, pass.relu(layer.forward(pass, x)));
      }
      return last.forward(pass, x);
    }
  }
}
