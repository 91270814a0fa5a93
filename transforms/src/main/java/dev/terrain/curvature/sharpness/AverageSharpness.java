package dev.terrain.curvature.sharpness;

import dev.terrain.random.CounterRandom;
import dev.terrain.statistics.SampleMean;
import dev.terrain.surface.Evaluation;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.Weights;

/**
 * The mean increase E L(θ + ρ ξ ⊙ t) − L(θ) in a random direction, ξ ~ N(0, I), t the {@link
 * Scales}, in nats; ρ²/2 · tr(H diag(t²)) to second order (Andriushchenko et al. 2023).
 *
 * <p>Every direction is used with both signs, so that all odd orders drop out of the error; the
 * standard error is that over the pairs. Direction i is keyed by (id, "sharpness direction", i).
 *
 * @param rho ρ, above 0
 * @param scales t
 * @param directions pairs of directions, at least 2
 */
public record AverageSharpness(double rho, Scales scales, int directions) {

  /**
   * @throws IllegalArgumentException if ρ is not above 0 or there are fewer than 2 directions
   */
  public AverageSharpness {
    Perturbation.requireRadius(rho);
    if (directions < 2) {
      throw new IllegalArgumentException("directions (" + directions + ") must be at least 2");
    }
  }

  /**
   * Relative scales with η = 0, the form that a rescaling of ReLU units does not change; ρ = 0.05
   * and 50 pairs are our own choice, small enough for the second order to dominate.
   */
  public static AverageSharpness relative() {
    return new AverageSharpness(0.05, Scales.relative(0), 50);
  }

  /** Measures it: 1 + 2 · {@code directions} evaluations. */
  public ScalarMeasure measure(LossSurface surface, Weights weights, String id) {
    Evaluation here = surface.evaluate(weights);
    double[] t = scales.at(weights);
    double[] meanLosses = new double[here.losses().length];
    double[] increases = new double[directions];
    for (int i = 0; i < directions; i++) {
      double[] direction =
          Scales.multiplied(t, gaussian(CounterRandom.of(id, "sharpness direction", i), t.length));
      Evaluation plus = surface.evaluate(Perturbation.moved(weights, rho, direction));
      Evaluation minus = surface.evaluate(Perturbation.moved(weights, -rho, direction));
      for (int n = 0; n < meanLosses.length; n++) {
        meanLosses[n] += (plus.losses()[n] + minus.losses()[n]) / (2.0 * directions);
      }
      increases[i] = (plus.loss() + minus.loss()) / 2 - here.loss();
    }
    SampleMean overDirections = SampleMean.of(increases);
    SampleMean overImages = Perturbation.increase(here, new Evaluation(meanLosses, here.correct()));
    return ScalarMeasure.of(
        overDirections.value(),
        overDirections.standardError(),
        overImages.standardError(),
        new ScalarMeasure.Cost(1 + 2L * directions, 0, 0));
  }

  private static double[] gaussian(CounterRandom random, int length) {
    double[] vector = new double[length];
    for (int i = 0; i < length; i++) {
      vector[i] = random.nextGaussian();
    }
    return vector;
  }
}
