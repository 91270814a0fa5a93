package dev.terrain.stage;

import dev.terrain.curvature.operator.Eigenpair;
import dev.terrain.curvature.sharpness.GradientNoise;
import dev.terrain.curvature.sharpness.OutputCurvature;
import dev.terrain.model.Network;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.ParameterSubset;
import dev.terrain.surface.Weights;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The point of a loss surface at which measures are taken. Used by one thread. */
public final class MeasuredPoint {
  private final LossSurface surface;
  private final Network network;
  private final Weights weights;
  private final OutputCurvature ofOutputs;
  private final List<Eigenpair> pairs;
  private final String id;
  private @Nullable GradientNoise gradientNoise;

  /**
   * @param surface the loss over the images
   * @param network whose parameters the weights are
   * @param weights the point
   * @param ofOutputs the curvature of the surface's loss by the outputs
   * @param pairs of the Hessian at the point; none where they are not known
   * @param id keys random directions
   */
  public MeasuredPoint(
      LossSurface surface,
      Network network,
      Weights weights,
      OutputCurvature ofOutputs,
      List<Eigenpair> pairs,
      String id) {
    this.surface = surface;
    this.network = network;
    this.weights = weights;
    this.ofOutputs = ofOutputs;
    this.pairs = List.copyOf(pairs);
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

  /** Eigenpairs of the Hessian; none where they are not known. */
  public List<Eigenpair> pairs() {
    return pairs;
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

  /** The gradient's norm and noise, from one gradient for all who ask. */
  GradientNoise gradientNoise() {
    if (gradientNoise == null) {
      gradientNoise = GradientNoise.measure(surface, weights);
    }
    return gradientNoise;
  }
}
