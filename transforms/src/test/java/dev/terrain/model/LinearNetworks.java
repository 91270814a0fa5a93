package dev.terrain.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;

/** Networks without non-linearity, whose Hessians have closed forms. */
public final class LinearNetworks {
  private LinearNetworks() {}

  /** f(x) = W_L(… (W_1 x + b_1) …) + b_L for layers of these sizes, inputs first. */
  public static Network of(int... sizes) {
    ParameterLayout layout = new ParameterLayout();
    return Network.of(new Chain(layout, sizes), layout);
  }

  /**
   * The same, with a layer of {@code unused} inputs and as many outputs in θ behind the others that
   * f does not use.
   */
  public static Network withUnusedLayer(int unused, int... sizes) {
    ParameterLayout layout = new ParameterLayout();
    Chain chain = new Chain(layout, sizes);
    chain.addUnused(layout, unused);
    return Network.of(chain, layout);
  }

  private static final class Chain extends FlatBlock {
    private final List<LinearLayer> layers = new ArrayList<>();

    Chain(ParameterLayout layout, int... sizes) {
      for (int i = 1; i < sizes.length; i++) {
        layers.add(
            addChildBlock("fc" + i, new LinearLayer(layout, "fc" + i, sizes[i - 1], sizes[i])));
      }
    }

    void addUnused(ParameterLayout layout, int size) {
      addChildBlock("unused", new LinearLayer(layout, "unused", size, size));
    }

    @Override
    public NDArray forward(
        ParameterStore store, NDArray input, boolean training, PairList<String, Object> options) {
      NDArray x = input.reshape(input.getShape().get(0), -1);
      for (LinearLayer layer : layers) {
        x = layer.forward(store, x, training, options);
      }
      return x;
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
      Shape[] shapes = inputShapes;
      for (LinearLayer layer : layers) {
        shapes = layer.getOutputShapes(shapes);
      }
      return shapes;
    }
  }
}
