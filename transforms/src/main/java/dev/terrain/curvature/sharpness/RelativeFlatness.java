package dev.terrain.curvature.sharpness;

import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.statistics.SampleMean;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.ParameterSubset;
import dev.terrain.surface.Weights;

/**
 * Relative flatness κ = Σ_{s,s'} ⟨w_s, w_s'⟩ tr H_{s,s'} of a linear layer with the weight rows w_s
 * ∈ R^m, H_{s,s'} the m x m block of the Hessian that belongs to two rows (Petzka et al. 2021), in
 * nats. It does not change when a whole ReLU layer is multiplied by a positive number and the next
 * one divided by it; single units may not be rescaled so.
 */
public final class RelativeFlatness {
  private RelativeFlatness() {}

  /**
   * κ of the last layer in closed form without products: H = S ⊗ zz' for every image with the
   * curvature S of the loss by its outputs and the layer's inputs z, so κ is the mean of ‖z‖²
   * Σ_{s,s'} S_{s,s'} ⟨w_s, w_s'⟩.
   *
   * <p>The inputs are read out through outputs of networks whose last layer selects C of them at a
   * time: 1 + ⌈m/C⌉ evaluations for C classes. It is not defined where the layer has no row of
   * weights for each output.
   *
   * @param weight the weight array of the last layer, C x m in row-major order
   * @param layer the whole last layer, with its bias if it has one
   * @param curvature S of the surface's loss
   */
  public static ScalarMeasure ofLastLayer(
      LossSurface surface,
      Weights weights,
      ParameterSubset weight,
      ParameterSubset layer,
      OutputCurvature curvature) {
    double[][] outputs = surface.outputs(weights);
    int classes = outputs[0].length;
    if (weight.size() % classes != 0) {
      return ScalarMeasure.undefined(
          "the last layer (%s) has no row of weights for each of %d outputs"
              .formatted(weight.name(), classes),
          new ScalarMeasure.Cost(1, 0, 0));
    }
    int inputs = weight.size() / classes;
    double[] squares = new double[outputs.length];
    for (int from = 0; from < inputs; from += classes) {
      Weights selection = selection(weights, weight, layer, inputs, from);
      double[][] features = surface.outputs(selection);
      for (int i = 0; i < squares.length; i++) {
        squares[i] += OrthonormalBasis.dot(features[i], features[i]);
      }
    }
    double[] matrix = weight.restrict(weights.theta());
    double[] values = new double[squares.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = squares[i] * curvature.contract(matrix, outputs[i]);
    }
    int passes = 1 + (inputs + classes - 1) / classes;
    SampleMean mean = SampleMean.of(values);
    return ScalarMeasure.of(
        mean.value(), null, mean.standardError(), new ScalarMeasure.Cost(passes, 0, 0));
  }

  /** Weights under which output s is input {@code from} + s of the last layer. */
  private static Weights selection(
      Weights weights, ParameterSubset weight, ParameterSubset layer, int inputs, int from) {
    double[] rows = new double[weight.size()];
    for (int s = 0; s * inputs < rows.length && from + s < inputs; s++) {
      rows[s * inputs + from + s] = 1;
    }
    double[] theta = weights.theta().clone();
    double[] old = layer.extend(layer.restrict(theta));
    double[] selecting = weight.extend(rows);
    for (int i = 0; i < theta.length; i++) {
      theta[i] += selecting[i] - old[i];
    }
    return new Weights(theta, weights.statistics());
  }
}
