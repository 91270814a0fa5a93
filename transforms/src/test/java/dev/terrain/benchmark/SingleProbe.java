package dev.terrain.benchmark;

import dev.terrain.curvature.krylov.BlockLanczos;
import dev.terrain.curvature.krylov.BlockLanczosSettings;
import dev.terrain.curvature.linear.Quadrature;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.random.CounterRandom;

/** A density by one Rademacher probe, as PyHessian's. */
final class SingleProbe {
  /** PyHessian's Lanczos steps. */
  static final int STEPS = 100;

  private SingleProbe() {}

  static Quadrature quadrature(LinearOperator operator, String id, int steps) {
    double[] probe = CounterRandom.of(id, "density probe", 0).rademacher(operator.dimension());
    BlockLanczosSettings settings =
        new BlockLanczosSettings(1, 0, 0, steps, steps, 2 * steps, false);
    return new BlockLanczos(settings)
        .run(operator, new double[][] {probe}, CounterRandom.of(id, "refill", 0))
        .result()
        .quadratures()
        .get(0);
  }
}
