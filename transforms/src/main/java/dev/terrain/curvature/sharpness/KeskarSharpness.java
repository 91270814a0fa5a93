package dev.terrain.curvature.sharpness;

import dev.terrain.statistics.SampleMean;
import dev.terrain.surface.Evaluation;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.Weights;

/**
 * 100 · (max L(θ + δ) − L(θ)) / (1 + L(θ)) over the box |δ_i| ≤ ε (|θ_i| + 1), in percent (Keskar
 * et al. 2017, in the full space), by projected gradient ascent: a lower bound.
 *
 * @param epsilon ε, above 0
 * @param steps gradients to spend, at least 2
 */
public record KeskarSharpness(double epsilon, int steps) {

  /**
   * @throws IllegalArgumentException if ε is not above 0 or there are fewer than 2 steps
   */
  public KeskarSharpness {
    if (!(epsilon > 0) || Double.isInfinite(epsilon)) {
      throw new IllegalArgumentException("epsilon (" + epsilon + ") must be above 0 and finite");
    }
    if (steps < 2) {
      throw new IllegalArgumentException("steps (" + steps + ") must be at least 2");
    }
  }

  /** ε = 1e-3 and 10 steps, our choice: a box small enough for the ascent to end in few steps. */
  public static KeskarSharpness standard() {
    return new KeskarSharpness(1e-3, 10);
  }

  /** Measures it: {@code steps} gradients and two evaluations. */
  public ScalarMeasure measure(LossSurface surface, Weights weights) {
    double[] widths = new double[weights.theta().length];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = epsilon * (Math.abs(weights.theta()[i]) + 1);
    }
    double[] delta =
        new ProjectedAscent(steps).search(surface, weights, new ProjectedAscent.Box(widths));
    Evaluation here = surface.evaluate(weights);
    SampleMean increase =
        Perturbation.increase(here, surface.evaluate(Perturbation.moved(weights, 1, delta)));
    double factor = 100 / (1 + here.loss());
    Double error = increase.standardError();
    return ScalarMeasure.of(
        factor * increase.value(),
        null,
        error == null ? null : Double.valueOf(factor * error),
        new ScalarMeasure.Cost(2, steps, 0));
  }
}
