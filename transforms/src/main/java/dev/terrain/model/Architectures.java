package dev.terrain.model;

import dev.terrain.registry.Registry;
import dev.terrain.v1.ModelSpec;
import java.util.List;

/** The architectures. */
public final class Architectures {
  /** The architectures that sweeps name. */
  public static final Registry<Architecture> ALL =
      Registry.of(
          Architecture.class, List.of(new Mlp(), new Cnn(), new ResNet18(), new OneDimensional()));

  private Architectures() {}

  /**
   * The architecture of a spec.
   *
   * @throws IllegalArgumentException if there is none of its name
   */
  public static Architecture of(ModelSpec spec) {
    return ALL.named(spec.getArchitecture());
  }
}
