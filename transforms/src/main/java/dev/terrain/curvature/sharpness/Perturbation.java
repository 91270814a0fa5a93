package dev.terrain.curvature.sharpness;

import dev.terrain.statistics.SampleMean;
import dev.terrain.surface.Evaluation;
import dev.terrain.surface.Weights;

/** Moves weights, where the batch-norm statistics stay, and says how the loss changes. */
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

  /**
   * The increase L(θ + δ) − L(θ) of a mean loss over the same images, with the error of the images'
   * paired differences for δ as it is.
   */
  static SampleMean increase(Evaluation from, Evaluation to) {
    double[] differences = new double[from.losses().length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = to.losses()[i] - from.losses()[i];
    }
    return SampleMean.of(differences);
  }
}
