package dev.terrain.curvature.sharpness;

import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.statistics.SampleMean;
import dev.terrain.surface.Evaluation;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.Weights;

/**
 * The increase L(θ + δ) − L(θ) after one step of the length ρ in the direction of steepest ascent,
 * δ = ρ T²g/‖Tg‖, g = ∇L(θ), T = diag(t) of the {@link Scales}: the worst case in {δ: ‖T⁻¹δ‖ ≤ ρ}
 * to first order, in nats.
 *
 * <p>With absolute scales that of sharpness-aware minimisation (Foret et al. 2021), with relative
 * ones its adaptive form (ASAM; Kwon et al. 2021). Not defined where Tg = 0.
 *
 * @param rho ρ, above 0
 * @param scales t
 */
public record OneStepSharpness(double rho, Scales scales) {

  /**
   * @throws IllegalArgumentException if ρ is not above 0
   */
  public OneStepSharpness {
    Perturbation.requireRadius(rho);
  }

  /** SAM with ρ = 0.05, the default of the widely used implementation davda54/sam. */
  public static OneStepSharpness sam() {
    return new OneStepSharpness(0.05, Scales.absolute());
  }

  /**
   * ASAM with ρ = 0.5 and η = 0.01, our choice: ten times SAM's ρ, since lengths are measured
   * relative to the weights.
   */
  public static OneStepSharpness adaptive() {
    return new OneStepSharpness(0.5, Scales.relative(Scales.DEFAULT_ETA));
  }

  /** Measures it: one gradient and two evaluations. */
  public ScalarMeasure measure(LossSurface surface, Weights weights) {
    double[] gradient = surface.gradient(weights).gradient();
    double[] t = scales.at(weights);
    double[] scaled = Scales.multiplied(t, gradient);
    double norm = OrthonormalBasis.norm(scaled);
    if (norm == 0) {
      return ScalarMeasure.undefined(
          "the gradient is zero, so no direction is the steepest", new ScalarMeasure.Cost(0, 1, 0));
    }
    Evaluation here = surface.evaluate(weights);
    Evaluation there =
        surface.evaluate(Perturbation.moved(weights, rho / norm, Scales.multiplied(t, scaled)));
    SampleMean increase = Perturbation.increase(here, there);
    return ScalarMeasure.of(
        increase.value(), null, increase.standardError(), new ScalarMeasure.Cost(2, 1, 0));
  }
}
