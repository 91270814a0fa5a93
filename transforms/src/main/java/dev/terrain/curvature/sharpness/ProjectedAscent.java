package dev.terrain.curvature.sharpness;

import dev.terrain.surface.LossGradient;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.Weights;

/**
 * Looks for max_δ L(θ + δ) over a region by projected gradient ascent: δ ← Π(δ + a s), s the δ of
 * the region that is best for the gradient at hand, so that a = 1 reaches from the middle to the
 * edge. The step a starts at 2; after a step that does not improve the loss the search goes on from
 * the best δ so far with half of it (as Auto-PGD does; Croce and Hein 2020, section 3.2).
 *
 * <p>What it finds is a lower bound of the maximum, and never below L(θ).
 *
 * @param steps gradients to spend, at least 1
 */
record ProjectedAscent(int steps) {
  ProjectedAscent {
    if (steps < 1) {
      throw new IllegalArgumentException("steps (" + steps + ") must be at least 1");
    }
  }

  /**
   * The best perturbation found.
   *
   * @return δ of length d; 0 if no step increased the loss
   */
  double[] search(LossSurface surface, Weights weights, Region region) {
    double[] best = new double[weights.theta().length];
    LossGradient atBest = surface.gradient(weights);
    double step = 2;
    for (int i = 1; i < steps; i++) {
      double[] delta = region.steepest(atBest.gradient());
      for (int j = 0; j < delta.length; j++) {
        delta[j] = best[j] + step * delta[j];
      }
      region.project(delta);
      LossGradient there = surface.gradient(Perturbation.moved(weights, 1, delta));
      if (there.loss() > atBest.loss()) {
        best = delta;
        atBest = there;
      } else {
        step /= 2;
      }
    }
    return best;
  }

  /** The set of perturbations δ among which the worst is looked for: a neighbourhood of 0. */
  interface Region {
    /** The δ of the region that increases g'δ most. */
    double[] steepest(double[] gradient);

    /** Moves δ into the region, to its nearest point, in place. */
    void project(double[] delta);
  }

  /** The ellipsoid {δ: ‖T⁻¹δ‖ ≤ ρ}, T = diag(scales); distances are measured as ‖T⁻¹δ‖. */
  @SuppressWarnings("ArrayRecordComponent")
  record Ball(double rho, double[] scales) implements ProjectedAscent.Region {
    @Override
    public double[] steepest(double[] gradient) {
      double squares = 0;
      double[] step = new double[gradient.length];
      for (int i = 0; i < step.length; i++) {
        double scaled = scales[i] * gradient[i];
        squares += scaled * scaled;
        step[i] = scales[i] * scaled;
      }
      double factor = squares == 0 ? 0 : rho / Math.sqrt(squares);
      for (int i = 0; i < step.length; i++) {
        step[i] *= factor;
      }
      return step;
    }

    @Override
    public void project(double[] delta) {
      double squares = 0;
      for (int i = 0; i < delta.length; i++) {
        if (delta[i] != 0) {
          squares += (delta[i] / scales[i]) * (delta[i] / scales[i]);
        }
      }
      double norm = Math.sqrt(squares);
      if (norm > rho) {
        for (int i = 0; i < delta.length; i++) {
          delta[i] *= rho / norm;
        }
      }
    }
  }

  /** The box {δ: |δ_i| ≤ widths_i}. */
  @SuppressWarnings("ArrayRecordComponent")
  record Box(double[] widths) implements ProjectedAscent.Region {
    @Override
    public double[] steepest(double[] gradient) {
      double[] step = new double[gradient.length];
      for (int i = 0; i < step.length; i++) {
        step[i] = Math.signum(gradient[i]) * widths[i];
      }
      return step;
    }

    @Override
    public void project(double[] delta) {
      for (int i = 0; i < delta.length; i++) {
        delta[i] = Math.max(-widths[i], Math.min(widths[i], delta[i]));
      }
    }
  }
}
