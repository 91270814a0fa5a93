package dev.terrain.curvature.sharpness;

import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.operator.Eigenpair;
import dev.terrain.statistics.SampleMean;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.Weights;
import java.util.List;

/**
 * The largest increase max L(θ + δ) − L(θ) over {δ: ‖T⁻¹δ‖ ≤ ρ}, T = diag(t) of the {@link Scales},
 * in nats, by projected gradient ascent (Andriushchenko et al. 2023). It is a lower bound of the
 * maximum; {@link TrustRegion} gives the exact one of the quadratic model.
 *
 * @param rho ρ, above 0
 * @param scales t
 * @param steps gradients to spend, at least 2
 */
public record WorstCaseSharpness(double rho, Scales scales, int steps) {

  /**
   * @throws IllegalArgumentException if ρ is not above 0 or there are fewer than 2 steps
   */
  public WorstCaseSharpness {
    Perturbation.requireRadius(rho);
    if (steps < 2) {
      throw new IllegalArgumentException("steps (" + steps + ") must be at least 2");
    }
  }

  /**
   * ρ = 0.05 as {@link OneStepSharpness#sam}, absolute scales, 20 steps as Andriushchenko et al.
   */
  public static WorstCaseSharpness inBall() {
    return new WorstCaseSharpness(0.05, Scales.absolute(), 20);
  }

  /** Measures it: {@code steps} gradients and two evaluations. */
  public ScalarMeasure measure(LossSurface surface, Weights weights) {
    double[] delta =
        new ProjectedAscent(steps)
            .search(surface, weights, new ProjectedAscent.Ball(rho, scales.at(weights)));
    SampleMean increase =
        Perturbation.increase(
            surface.evaluate(weights), surface.evaluate(Perturbation.moved(weights, 1, delta)));
    return ScalarMeasure.of(
        increase.value(), null, increase.standardError(), new ScalarMeasure.Cost(2, steps, 0));
  }

  /**
   * The largest increase of the quadratic model of the loss in the ball, exactly, for a model whose
   * curvature outside the span of the pairs is 0: one gradient. The scales must be absolute.
   *
   * @param pairs of the Hessian at the point, orthonormal
   */
  public ScalarMeasure ofQuadraticModel(
      LossSurface surface, Weights weights, List<Eigenpair> pairs) {
    double[] gradient = surface.gradient(weights).gradient();
    double[] values = new double[pairs.size()];
    double[] coefficients = new double[pairs.size()];
    double rest = OrthonormalBasis.dot(gradient, gradient);
    for (int i = 0; i < values.length; i++) {
      values[i] = pairs.get(i).value();
      coefficients[i] = OrthonormalBasis.dot(pairs.get(i).vector(), gradient);
      rest -= coefficients[i] * coefficients[i];
    }
    double increase =
        TrustRegion.largestIncrease(values, coefficients, Math.sqrt(Math.max(rest, 0)), rho);
    return ScalarMeasure.of(increase, null, null, new ScalarMeasure.Cost(0, 1, 0));
  }
}
