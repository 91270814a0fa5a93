package dev.terrain.taxonomy.ruggedness;

import dev.terrain.taxonomy.ruggedness.Basins.Basin;
import java.util.List;
import java.util.stream.Stream;

/**
 * The one-dimensional model: a population of one-parameter models on one rugged parabola, each from
 * a start of its own to a minimum of the {@link EffectiveLandscape}, and what they are like
 * together. It is Terrain's own; the equation of the model in the study's first version (Yang et
 * al.: Taxonomizing local versus global structure in neural network loss landscapes, 2021) is not
 * published in its final one.
 *
 * @param ripples a_k, w_k, φ_k
 * @param startRadius starts are uniform in [-R, R], R above 0
 * @param sensitivity q above 0: how far a model's answers turn with x, see {@link #similarity}
 * @param thresholds of the phases
 */
public record RuggedModel(
    List<Ripple> ripples, double startRadius, double sensitivity, RuggednessThresholds thresholds) {

  /** Basins that fewer starts reach say nothing of a population. */
  private static final double LEAST_SHARE = 1e-12;

  /**
   * Copies the ripples.
   *
   * @throws IllegalArgumentException if radius or sensitivity is not positive and finite
   */
  public RuggedModel {
    ripples = List.copyOf(ripples);
    if (!(startRadius > 0 && sensitivity > 0) || !Double.isFinite(startRadius + sensitivity)) {
      throw new IllegalArgumentException(
          "start radius (%s) and sensitivity (%s) must be positive and finite"
              .formatted(startRadius, sensitivity));
    }
  }

  /**
   * The model of the data set and architecture {@code one-dimensional}: eight ripples with
   * frequencies from 50 to 400, starts in [-¼, ¼], sensitivity 40.
   */
  public static RuggedModel standard() {
    return new RuggedModel(
        Ripple.seeded("one-dimensional", 8, 50, 400), 0.25, 40, RuggednessThresholds.standard());
  }

  /** The landscape at a load and a temperature. */
  public EffectiveLandscape landscape(double ruggedness, double temperature) {
    return new EffectiveLandscape(ripples, ruggedness, temperature);
  }

  /**
   * Agreement of two models at x and y: cos²(atan q x - atan q y) = (1 + q² x y)² / ((1 + q² x²)(1
   * + q² y²)), in [0, 1], 1 only for x = y.
   *
   * <p>It is the linear CKA of the losses c_i + s ξ_i x of single examples, where c and ξ are
   * uncorrelated over the examples and q = s · sd(ξ)/sd(c).
   */
  public double similarity(double x, double y) {
    double inner = 1 + sensitivity * sensitivity * x * y;
    double first = 1 + sensitivity * sensitivity * x * x;
    double second = 1 + sensitivity * sensitivity * y * y;
    return inner * inner / (first * second);
  }

  /**
   * The population at a load and a temperature: expectations over starts, and over two independent
   * ones, as sums over the basins weighted by their shares of [-R, R]; no start is drawn.
   */
  public RuggedState at(double ruggedness, double temperature) {
    Basins basins = Basins.of(landscape(ruggedness, temperature));
    List<Basin> reached =
        basins.all().stream().filter(basin -> basin.share(startRadius) > LEAST_SHARE).toList();
    double loss = 0;
    double curvature = 0;
    double barrier = 0;
    double connectivity = 0;
    double agreement = 0;
    for (Basin one : reached) {
      double share = one.share(startRadius);
      loss += share * one.minimum().loss();
      curvature += share * one.curvature();
      for (Basin other : reached) {
        double both = share * other.share(startRadius);
        barrier += both * basins.barrier(one, other);
        connectivity += both * basins.modeConnectivity(one, other);
        agreement += both * similarity(one.minimum().x(), other.minimum().x());
      }
    }
    return new RuggedState(
        reached.stream().map(basin -> basin.minimum().x()).toList(),
        loss,
        curvature,
        barrier,
        connectivity,
        agreement,
        thresholds.phase(loss, barrier, agreement));
  }

  /** The populations of a grid: row by row, one row for each temperature. */
  public Stream<RuggedState> over(List<Double> ruggednesses, List<Double> temperatures) {
    return temperatures.stream()
        .flatMap(temperature -> ruggednesses.stream().map(load -> at(load, temperature)));
  }
}
