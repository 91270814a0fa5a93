package dev.terrain.surface;

import dev.terrain.registry.Registry;
import dev.terrain.v1.ModelSpec;
import java.util.List;

/** The optimisers. */
public final class Optimizers {
  /** The optimisers that sweeps name. */
  public static final Registry<Optimizer> ALL =
      Registry.of(Optimizer.class, List.of(new StochasticGradientDescent()));

  private Optimizers() {}

  /**
   * The optimiser of a spec.
   *
   * @throws IllegalArgumentException if there is none of its name
   */
  public static Optimizer of(ModelSpec spec) {
    return ALL.named(spec.getOptimizer());
  }
}
