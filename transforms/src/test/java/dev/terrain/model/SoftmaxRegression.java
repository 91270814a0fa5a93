package dev.terrain.model;

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
    LinearLayer linear = new LinearLayer(layout, "fc", shape.pixels(), shape.classes());
    return Network.of((pass, images) -> linear.forward(pass, pass.flatten(images)), layout);
  }

  @Override
  public long multiplyAdds(ModelSpec spec, ImageShape shape) {
    return (long) shape.pixels() * shape.classes();
  }
}
