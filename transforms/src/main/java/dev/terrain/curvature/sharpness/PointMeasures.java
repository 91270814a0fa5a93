package dev.terrain.curvature.sharpness;

import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.operator.Eigenpair;
import dev.terrain.curvature.operator.SurfaceOperator;
import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.ParameterSubset;
import dev.terrain.surface.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * The companions of the curvature at one point: sharpness in several senses, measures that a
 * rescaling of layers does not change, and the gradient with its noise.
 *
 * @param surface the loss
 * @param weights the point
 * @param ofOutputs the curvature of the surface's loss by the outputs
 * @param lastLayer the last layer's parameters
 * @param lastWeight the weight array among them
 * @param id keys the random directions
 */
public record PointMeasures(
    LossSurface surface,
    Weights weights,
    OutputCurvature ofOutputs,
    ParameterSubset lastLayer,
    ParameterSubset lastWeight,
    String id) {

  /**
   * A measure with its name.
   *
   * @param name the metric
   * @param variant which definition
   * @param unit of its value
   * @param measure the value
   */
  public record Named(String name, String variant, String unit, ScalarMeasure measure) {
    private static Named of(String name, String unit, ScalarMeasure measure) {
      return new Named(name, "default", unit, measure);
    }
  }

  /**
   * Measures some of them, with their default settings.
   *
   * @param names any of gradient_norm, gradient_noise_scale, sam_sharpness, asam_sharpness,
   *     average_sharpness, worst_case_sharpness, keskar_sharpness, fisher_rao_norm (of the exact
   *     Fisher matrix), relative_flatness (of the last layer)
   * @param pairs of the Hessian at this point, for the variant {@code quadratic} of
   *     worst_case_sharpness; without any there is none
   * @throws IllegalArgumentException if a name is none of these
   */
  public List<Named> measure(List<String> names, List<Eigenpair> pairs) {
    List<Named> measures = new ArrayList<>();
    GradientNoise noise =
        names.contains("gradient_norm") || names.contains("gradient_noise_scale")
            ? GradientNoise.measure(surface, weights)
            : null;
    for (String name : names) {
      measures.add(
          switch (name) {
            case "gradient_norm" -> Named.of(name, "nats", noise.norm());
            case "gradient_noise_scale" -> Named.of(name, "images", noise.noiseScale());
            case "keskar_sharpness" ->
                Named.of(name, "percent", KeskarSharpness.standard().measure(surface, weights));
            default -> Named.of(name, "nats", inNats(name));
          });
      if (name.equals("worst_case_sharpness") && !pairs.isEmpty()) {
        measures.add(new Named(name, "quadratic", "nats", ofQuadraticModel(pairs)));
      }
    }
    return List.copyOf(measures);
  }

  /**
   * The largest increase of the quadratic model of the loss in the ball, exactly for a model whose
   * curvature outside the span of the pairs is 0: one gradient.
   */
  private ScalarMeasure ofQuadraticModel(List<Eigenpair> pairs) {
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
        TrustRegion.largestIncrease(
            values, coefficients, Math.sqrt(Math.max(rest, 0)), WorstCaseSharpness.inBall().rho());
    return ScalarMeasure.of(increase, null, null, new Cost(0, 1, 0));
  }

  private ScalarMeasure inNats(String name) {
    return switch (name) {
      case "sam_sharpness" -> OneStepSharpness.sam().measure(surface, weights);
      case "asam_sharpness" -> OneStepSharpness.adaptive().measure(surface, weights);
      case "average_sharpness" -> AverageSharpness.relative().measure(surface, weights, id);
      case "worst_case_sharpness" -> WorstCaseSharpness.inBall().measure(surface, weights);
      case "fisher_rao_norm" ->
          FisherRaoNorm.measure(
              new SurfaceOperator(surface, CurvatureMatrix.fisher(), weights), weights.theta());
      case "relative_flatness" ->
          RelativeFlatness.ofLastLayer(surface, weights, lastWeight, lastLayer, ofOutputs);
      default -> throw new IllegalArgumentException("'" + name + "' is no measure of a point");
    };
  }
}
