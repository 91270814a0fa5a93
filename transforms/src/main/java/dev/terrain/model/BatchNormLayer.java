package dev.terrain.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.terrain.model.ParameterSlot.Start;
import org.jspecify.annotations.Nullable;

/**
 * Batch norm over the channels of (n, channels, h, w): x̂ = (x − μ)/sqrt(σ² + 1e-5), y = γ x̂ + β.
 *
 * <p>In train mode μ and σ² are those of the batch, and the running statistics move towards them by
 * {@link #RUNNING_SHARE} or the share given in the options; in eval mode the running statistics are
 * used.
 */
public final class BatchNormLayer extends FlatBlock {
  /** PyTorch's default share of the batch in the new running statistics. */
  private static final float RUNNING_SHARE = 0.1f;

  private static final float EPSILON = 1e-5f;

  /** The engine's wrapper takes channels at dimension 1 for this axis without swapping any. */
  private static final int CHANNEL_AXIS = -1;

  private final Parameter scale;
  private final Parameter shift;
  private final Parameter runningMean;
  private final Parameter runningVariance;

  /**
   * @param name of its arrays, without the last part
   * @param channels of its input
   */
  public BatchNormLayer(ParameterLayout layout, String name, int channels) {
    Shape shape = new Shape(channels);
    scale = addParameter(layout.constant(name + ".weight", Parameter.Type.GAMMA, shape, Start.ONE));
    shift = addParameter(layout.constant(name + ".bias", Parameter.Type.BETA, shape, Start.ZERO));
    runningMean =
        addParameter(
            layout.statistic(
                name + ".running_mean", Parameter.Type.RUNNING_MEAN, shape, Start.ZERO));
    runningVariance =
        addParameter(
            layout.statistic(name + ".running_var", Parameter.Type.RUNNING_VAR, shape, Start.ONE));
  }

  @Override
  public NDArray forward(
      ParameterStore store,
      NDArray input,
      boolean training,
      @Nullable PairList<String, Object> options) {
    Object share = options == null ? null : options.get(Network.RUNNING_SHARE_OPTION);
    float momentum = 1 - (share == null ? RUNNING_SHARE : (Float) share);
    return BatchNorm.batchNorm(
            input,
            store.getValue(runningMean, input.getDevice(), training),
            store.getValue(runningVariance, input.getDevice(), training),
            store.getValue(scale, input.getDevice(), training),
            store.getValue(shift, input.getDevice(), training),
            CHANNEL_AXIS,
            momentum,
            EPSILON,
            training)
        .singletonOrThrow();
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return inputShapes;
  }
}
