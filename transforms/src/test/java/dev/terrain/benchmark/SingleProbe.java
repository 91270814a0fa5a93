package dev.terrain.benchmark;

import dev.terrain.hessian.BlockLanczos;
import dev.terrain.hessian.BlockLanczosSettings;
import dev.terrain.hessian.LinearOperator;
import dev.terrain.hessian.Quadrature;
import dev.terrain.random.CounterRandom;

/** PyHessian's density: one Rademacher probe, 100 Lanczos steps. */
final class SingleProbe {
  private static final int STEPS = 100;

  private SingleProbe() {}

  static Quadrature quadrature(LinearOperator operator, String id) {
    double[] probe = CounterRandom.of(id, "density probe", 0).rademacher(operator.dimension());
    BlockLanczosSettings settings =
        new BlockLanczosSettings(1, 0, 0, STEPS, STEPS, 2 * STEPS, false);
    return new BlockLanczos(settings)
        .run(operator, new double[][] {probe}, CounterRandom.of(id, "refill", 0))
        .quadratures()
        .get(0);
  }
}
