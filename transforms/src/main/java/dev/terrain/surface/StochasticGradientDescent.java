package dev.terrain.surface;

import java.util.List;
import java.util.Set;

/**
 * Stochastic gradient descent with momentum: u ← momentum·u + (g + decay·θ), θ ← θ − rate·u, as
 * PyTorch's SGD.
 */
final class StochasticGradientDescent implements Optimizer {
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
    return List.of("velocity");
  }

  @Override
  public List<String> coefficients() {
    return List.of("momentum", "weight_decay");
  }

  @Override
  public List<String> statements() {
    return List.of(
        "slope = torch.add(gradient, torch.mul(theta, weight_decay))",
        "moved = torch.add_(torch.mul_(velocity, momentum), slope)",
        "there = torch.sub_(theta, torch.mul(velocity, rate))");
  }
}
