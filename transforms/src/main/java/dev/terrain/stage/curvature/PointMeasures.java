package dev.terrain.stage.curvature;

import dev.terrain.curvature.operator.SurfaceOperator;
import dev.terrain.curvature.sharpness.AverageSharpness;
import dev.terrain.curvature.sharpness.FisherRaoNorm;
import dev.terrain.curvature.sharpness.KeskarSharpness;
import dev.terrain.curvature.sharpness.OneStepSharpness;
import dev.terrain.curvature.sharpness.RelativeFlatness;
import dev.terrain.curvature.sharpness.ScalarMeasure;
import dev.terrain.curvature.sharpness.WorstCaseSharpness;
import dev.terrain.stage.MetricInfo;
import dev.terrain.stage.MetricInfo.Better;
import dev.terrain.stage.MetricInfo.Range;
import dev.terrain.stage.MetricInfo.Scale;
import dev.terrain.stage.MetricInfo.Variant;
import dev.terrain.surface.CurvatureMatrix;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The measures of the loss L around a model's weights θ that there are, with the settings that they
 * have by default; g = ∇L(θ).
 */
public final class PointMeasures {
  private static final String ANDRIUSHCHENKO = "Andriushchenko et al. 2023 (arXiv 2302.07011)";

  /** All of them, in the order of the catalogue. */
  public static final List<PointMeasure> STANDARD =
      List.of(
          measure(
              "gradient_norm",
              "Gradient norm",
              Scale.LOGARITHMIC,
              Better.LOWER,
              "1 gradient",
              1,
              "nats",
              Range.NOT_NEGATIVE,
              "‖g‖₂ over the sample of images",
              "McCandlish et al. 2018 (arXiv 1812.06162)",
              point -> point.gradientNoise().norm()),
          measure(
              "gradient_noise_scale",
              "Gradient noise scale",
              Scale.LOGARITHMIC,
              Better.NEITHER,
              "1 gradient",
              1,
              "images",
              Range.NOT_NEGATIVE,
              "tr Σ/‖E g‖², Σ the covariance of one image's gradient: the batch size at which noise"
                  + " and gradient are equally large",
              "McCandlish et al. 2018 (arXiv 1812.06162)",
              point -> point.gradientNoise().noiseScale()),
          measure(
              "sam_sharpness",
              "SAM sharpness",
              Scale.LOGARITHMIC,
              Better.LOWER,
              "1 gradient, 2 forward passes",
              2,
              "nats",
              Range.ALL,
              "L(θ + ρ g/‖g‖) - L(θ), ρ = 0.05",
              "Foret et al. 2021",
              point -> OneStepSharpness.sam().measure(point.surface(), point.weights())),
          measure(
              "asam_sharpness",
              "ASAM sharpness",
              Scale.LOGARITHMIC,
              Better.LOWER,
              "1 gradient, 2 forward passes",
              2,
              "nats",
              Range.ALL,
              "L(θ + ρ T²g/‖Tg‖) - L(θ), T = diag(|θ| + η), ρ = 0.5",
              "Kwon et al. 2021, section 3",
              point -> OneStepSharpness.adaptive().measure(point.surface(), point.weights())),
          measure(
              "average_sharpness",
              "Average sharpness",
              Scale.LOGARITHMIC,
              Better.LOWER,
              "101 forward passes",
              34,
              "nats",
              Range.ALL,
              "E L(θ + ρ ξ ⊙ |θ|) - L(θ), ξ ~ N(0, I), ρ = 0.05",
              ANDRIUSHCHENKO,
              point ->
                  AverageSharpness.relative()
                      .measure(point.surface(), point.weights(), point.id())),
          new WorstCase(),
          measure(
              "keskar_sharpness",
              "Keskar sharpness",
              Scale.LOGARITHMIC,
              Better.LOWER,
              "10 gradients, 2 forward passes",
              11,
              "percent",
              Range.NOT_NEGATIVE,
              "100 (max L(θ + δ) - L(θ))/(1 + L(θ)), |δ_i| ≤ ε (|θ_i| + 1), ε = 0.001, by projected"
                  + " ascent",
              "Keskar et al. 2017",
              point -> KeskarSharpness.standard().measure(point.surface(), point.weights())),
          measure(
              "fisher_rao_norm",
              "Fisher-Rao norm",
              Scale.LOGARITHMIC,
              Better.LOWER,
              "1 product of the Fisher matrix",
              2,
              "nats",
              Range.NOT_NEGATIVE,
              "θ'Fθ, F the exact Fisher matrix; unchanged when ReLU units are rescaled",
              "Liang et al. 2019 (arXiv 1711.01530)",
              point ->
                  FisherRaoNorm.measure(
                      new SurfaceOperator(
                          point.surface(), CurvatureMatrix.fisher(), point.weights()),
                      point.weights().theta())),
          measure(
              "relative_flatness",
              "Relative flatness",
              Scale.LOGARITHMIC,
              Better.LOWER,
              "1 + ⌈m/C⌉ forward passes for m inputs and C outputs of the last layer",
              3,
              "nats",
              Range.NOT_NEGATIVE,
              "Σ ⟨w_s, w_s'⟩ tr H_ss' over pairs of rows of the last layer; unchanged when whole"
                  + " layers are rescaled",
              "Petzka et al. 2021 (arXiv 2001.00939)",
              point ->
                  RelativeFlatness.ofLastLayer(
                      point.surface(),
                      point.weights(),
                      point.lastWeight(),
                      point.lastLayer(),
                      point.ofOutputs())));

  /** The variant of {@code worst_case_sharpness} that a spectrum gives. */
  static final String QUADRATIC = "quadratic";

  private PointMeasures() {}

  /**
   * That of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static PointMeasure named(String name) {
    return named(name, STANDARD);
  }

  static PointMeasure named(String name, List<PointMeasure> measures) {
    return measures.stream()
        .filter(measure -> measure.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "measure (%s) must be among %s"
                        .formatted(name, measures.stream().map(PointMeasure::name).toList())));
  }

  /** A measure of one definition. */
  private record Simple(MetricInfo metric, double gradients, Kernel kernel)
      implements PointMeasure {
    @Override
    public ScalarMeasure at(MeasuredPoint point) {
      return kernel.apply(point);
    }
  }

  private interface Kernel extends Function<MeasuredPoint, ScalarMeasure>, Serializable {}

  private static PointMeasure measure(
      String name,
      String title,
      Scale scale,
      Better better,
      String cost,
      double gradients,
      String unit,
      Range range,
      String definition,
      String source,
      Kernel kernel) {
    return new Simple(
        metric(name, title, scale, better, cost, unit, range, definition, source),
        gradients,
        kernel);
  }

  private static final class WorstCase implements PointMeasure {
    private static final long serialVersionUID = 1;

    @Override
    public ScalarMeasure at(MeasuredPoint point) {
      return WorstCaseSharpness.inBall().measure(point.surface(), point.weights());
    }

    @Override
    public double gradients() {
      return 21;
    }

    @Override
    public MetricInfo metric() {
      MetricInfo metric =
          PointMeasures.metric(
              "worst_case_sharpness",
              "Worst-case sharpness",
              Scale.LOGARITHMIC,
              Better.LOWER,
              "20 gradients, 2 forward passes; quadratic: 1 gradient beside the spectrum",
              "nats",
              Range.NOT_NEGATIVE,
              "max L(θ + δ) - L(θ), ‖δ‖ ≤ ρ = 0.05, by projected ascent: a lower bound",
              ANDRIUSHCHENKO);
      List<Variant> variants = new ArrayList<>(metric.variants());
      variants.addAll(
          CurvatureMetrics.forBothLosses(
              new Variant(
                  QUADRATIC,
                  "nats",
                  Range.NOT_NEGATIVE,
                  "max g'δ + ½ δ'Hδ, ‖δ‖ ≤ ρ = 0.05, exactly, H seen through its Ritz pairs",
                  "Moré and Sorensen 1983, section 2",
                  false)));
      return metric.withVariants(variants);
    }
  }

  private static MetricInfo metric(
      String name,
      String title,
      Scale scale,
      Better better,
      String cost,
      String unit,
      Range range,
      String definition,
      String source) {
    return CurvatureMetrics.metric(
        name, title, scale, better, cost, Variant.standard(unit, range, definition, source));
  }
}
