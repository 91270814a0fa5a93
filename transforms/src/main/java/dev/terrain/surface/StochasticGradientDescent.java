package dev.terrain.surface;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Stochastic gradient descent with momentum: u ← momentum·u + (g + decay·θ), θ ← θ − rate·u, as
 * PyTorch's SGD.
 */
final class StochasticGradientDescent implements Optimizer {
  private static final String VELOCITY = "velocity";

  @Override
  public String name() {
    return "sgd";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Set<String> settings() {
    return Set.of("momentum", "weight_decay");
  }

  @Override
  public List<String> buffers() {
    return List.of(VELOCITY);
  }

  @Override
  public void step(NDArray theta, Map<String, NDArray> buffers, NDArray gradient, Step step) {
    AutogradModule.get()
        .momentumStep(
            theta,
            Objects.requireNonNull(buffers.get(VELOCITY)),
            gradient,
            step.rate(),
            step.spec().getMomentum(),
            step.spec().getWeightDecay());
  }
}
