package dev.terrain.stage.curvature;

import dev.terrain.curvature.sharpness.GradientNoise;
import dev.terrain.curvature.sharpness.OutputCurvature;
import dev.terrain.model.Network;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.ParameterSubset;
import dev.terrain.surface.Weights;
import java.util.List;

/** The point of a loss surface at which measures are taken. */
public final class MeasuredPoint {
  private final LossSurface surface;
  private final Network network;
  private final Weights weights;
  private final OutputCurvature ofOutputs;
  private final String id;

  /**
   * @param surface the loss over the images
   * @param network whose parameters the weights are
   * @param weights the point
   * @param ofOutputs the curvature of the surface's loss by the outputs
   * @param id keys random directions
   */
  public MeasuredPoint(
      LossSurface surface, Network network, Weights weights, OutputCurvature ofOutputs, String id) {
    this.surface = surface;
    this.network = network;
    this.weights = weights;
    this.ofOutputs = ofOutputs;
    this.id = id;
  }

  /** The loss over the images. */
  public LossSurface surface() {
    return surface;
  }

  /** θ, and the statistics of batch norm. */
  public Weights weights() {
    return weights;
  }

  /** The curvature of the loss by the network's outputs. */
  public OutputCurvature ofOutputs() {
    return ofOutputs;
  }

  /** Keys random directions. */
  public String id() {
    return id;
  }

  /** The parameters of the last layer. */
  public ParameterSubset lastLayer() {
    List<ParameterSubset> layers = ParameterSubset.layers(network);
    return layers.get(layers.size() - 1);
  }

  /** The weight array among them. */
  public ParameterSubset lastWeight() {
    return ParameterSubset.named(network, lastLayer().name() + ".weight");
  }

  /** The gradient's norm and noise. */
  GradientNoise gradientNoise() {
    return GradientNoise.measure(surface, weights);
  }
}
