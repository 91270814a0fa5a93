package dev.terrain.model;

import dev.terrain.registry.Extension;
import dev.terrain.v1.ModelSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A family of networks, one for each value of the settings that it reads. To add one, list it in
 * {@link Architectures}.
 */
public interface Architecture extends Extension {
  @Override
  default String kind() {
    return "architecture";
  }

  /** Names of the settings of a model that decide its network, beside the images. */
  @Override
  Set<String> settings();

  /**
   * The network of a spec for images of a shape, made by {@link Network#of(Layer,
   * ParameterLayout)}. It depends on {@link #settings()} alone.
   *
   * @throws IllegalArgumentException if the images are too small for it; the message says so
   * @throws ArithmeticException if it has more than 2^31 - 1 parameters
   */
  Network network(ModelSpec spec, ImageShape shape);

  /**
   * Arithmetic of a forward pass of one image: multiply-adds of linear and convolutional layers,
   * which all else is small beside.
   */
  long multiplyAdds(ModelSpec spec, ImageShape shape);

  /**
   * What tells the network of a spec from others for the same images: two specs of equal identities
   * have the same network.
   */
  default List<Object> identity(ModelSpec spec) {
    List<Object> identity = new ArrayList<>();
    identity.add(name());
    settings().stream()
        .sorted()
        .map(setting -> spec.get(spec.getSchema().getField(setting).pos()))
        .forEach(identity::add);
    return List.copyOf(identity);
  }
}
