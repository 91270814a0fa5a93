package dev.terrain.curvature.sharpness;

import dev.terrain.surface.Weights;

/** Moves weights; the batch-norm statistics stay. */
final class Perturbation {
  private Perturbation() {}

  /** θ + step · δ. */
  static Weights moved(Weights weights, double step, double[] direction) {
    double[] theta = weights.theta().clone();
    for (int i = 0; i < theta.length; i++) {
      theta[i] += step * direction[i];
    }
    return new Weights(theta, weights.statistics());
  }

  static void requireRadius(double rho) {
    if (!(rho > 0) || Double.isInfinite(rho)) {
      throw new IllegalArgumentException("rho (" + rho + ") must be above 0 and finite");
    }
  }
}
