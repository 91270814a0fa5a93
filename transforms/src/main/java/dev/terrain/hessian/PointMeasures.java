package dev.terrain.hessian;

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
 * @param lastLayer the last layer's parameters
 * @param lastWeight the weight array among them
 * @param id keys the random directions
 */
public record PointMeasures(
    LossSurface surface,
    Weights weights,
    ParameterSubset lastLayer,
    ParameterSubset lastWeight,
    String id) {

  /**
   * A measure with its name.
   *
   * @param name the metric
   * @param unit of its value
   * @param measure the value
   */
  public record Named(String name, String unit, ScalarMeasure measure) {}

  /**
   * Measures some of them, with their default settings.
   *
   * @param names any of gradient_norm, gradient_noise_scale, sam_sharpness, asam_sharpness,
   *     average_sharpness, worst_case_sharpness, keskar_sharpness, fisher_rao_norm (of the exact
   *     Fisher matrix), relative_flatness (of the last layer)
   * @throws IllegalArgumentException if a name is none of these
   */
  public List<Named> measure(List<String> names) {
    List<Named> measures = new ArrayList<>();
    GradientNoise noise =
        names.contains("gradient_norm") || names.contains("gradient_noise_scale")
            ? GradientNoise.measure(surface, weights)
            : null;
    for (String name : names) {
      measures.add(
          switch (name) {
            case "gradient_norm" -> new Named(name, "nats", noise.norm());
            case "gradient_noise_scale" -> new Named(name, "images", noise.noiseScale());
            case "keskar_sharpness" ->
                new Named(name, "percent", KeskarSharpness.standard().measure(surface, weights));
            default -> new Named(name, "nats", inNats(name));
          });
    }
    return List.copyOf(measures);
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
          RelativeFlatness.ofLastLayer(surface, weights, lastWeight, lastLayer);
      default -> throw new IllegalArgumentException("'" + name + "' is no measure of a point");
    };
  }
}
