package dev.terrain.model;

import dev.terrain.random.CounterRandom;

/**
 * The ripples r Σ_k a_k (1 + cos(w_k x + φ_k)) of the one-dimensional landscape, drawn from the
 * stream ("one-dimensional", "ripples", 0): the logarithm of w_k is uniform in the k-th of eight
 * equal parts of [ln 50, ln 400], φ_k in [0, 2π); a_k is proportional to 1/w_k, and Σ a_k = 1.
 */
final class Ruggedness {
  private static final int COUNT = 8;
  private static final double LOWEST = 50;
  private static final double HIGHEST = 400;

  private final double[] amplitudes = new double[COUNT];
  private final double[] frequencies = new double[COUNT];
  private final double[] phases = new double[COUNT];

  /**
   * @param strength r
   */
  Ruggedness(double strength) {
    CounterRandom random = CounterRandom.of("one-dimensional", "ripples", 0);
    double sum = 0;
    for (int k = 0; k < COUNT; k++) {
      double position = (k + random.nextDouble()) / COUNT;
      frequencies[k] = LOWEST * StrictMath.pow(HIGHEST / LOWEST, position);
      phases[k] = 2 * StrictMath.PI * random.nextDouble();
      sum += 1 / frequencies[k];
    }
    for (int k = 0; k < COUNT; k++) {
      amplitudes[k] = strength / frequencies[k] / sum;
    }
  }

  /** Number of ripples. */
  static int count() {
    return COUNT;
  }

  /**
   * The sum at x.
   *
   * @param x one number
   */
  Value at(Pass pass, Value x) {
    return pass.unstacked(
        "torch.sum(torch.mul(torch.add(torch.cos(torch.add(torch.mul(%s, %s), %s)), 1.), %s))",
        x, pass.constant(x, frequencies), pass.constant(x, phases), pass.constant(x, amplitudes));
  }
}
