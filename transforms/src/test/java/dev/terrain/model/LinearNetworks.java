package dev.terrain.model;

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
    layout.uniform("unused.weight", unused, unused, unused);
    layout.uniform("unused.bias", unused, unused);
    return Network.of(chain, layout);
  }

  private static final class Chain implements Layer {
    private final List<LinearLayer> layers = new ArrayList<>();

    Chain(ParameterLayout layout, int... sizes) {
      for (int i = 1; i < sizes.length; i++) {
        layers.add(new LinearLayer(layout, "fc" + i, sizes[i - 1], sizes[i]));
      }
    }

    @Override
    public Value forward(Pass pass, Value input) {
      Value x = pass.flatten(input);
      for (LinearLayer layer : layers) {
        x = layer.forward(pass, x);
      }
      return x;
    }
  }
}
