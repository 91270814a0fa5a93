package org.example.terrain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.terrain.model.Architecture;
import dev.terrain.model.FlatBlock;
import dev.terrain.model.ImageShape;
import dev.terrain.model.LinearLayer;
import dev.terrain.model.Network;
import dev.terrain.model.ParameterLayout;
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
    return Network.of(new Block(layout, shape, spec.getWidth(), spec.getDepth()), layout);
  }

  @Override
  public long multiplyAdds(ModelSpec spec, ImageShape shape) {
    long width = spec.getWidth();
    return width * (shape.pixels() + spec.getDepth() * width + shape.classes());
  }

  /** x ← W x + b; then x ← x + relu(W x + b), {@code depth} times; then the logits W x + b. */
  private static final class Block extends FlatBlock {
    private final List<LinearLayer> hidden = new ArrayList<>();
    private final LinearLayer first;
    private final LinearLayer last;
    private final int classes;

    Block(ParameterLayout layout, ImageShape shape, int width, int depth) {
      classes = shape.classes();
      first = addChildBlock("first", new LinearLayer(layout, "first", shape.pixels(), width));
      for (int i = 1; i <= depth; i++) {
        String name = "hidden" + i;
        hidden.add(addChildBlock(name, new LinearLayer(layout, name, width, width)));
      }
      last = addChildBlock("last", new LinearLayer(layout, "last", width, classes));
    }

    @Override
    public NDArray forward(
        ParameterStore store, NDArray input, boolean training, PairList<String, Object> options) {
      NDArray images = input.reshape(input.getShape().get(0), -1);
      NDArray x = first.forward(store, images, training, options);
      for (LinearLayer layer : hidden) {
        x = x.add(Activation.relu(layer.forward(store, x, training, options)));
      }
      return last.forward(store, x, training, options);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
      return new Shape[] {new Shape(inputShapes[0].get(0), classes)};
    }
  }
}
