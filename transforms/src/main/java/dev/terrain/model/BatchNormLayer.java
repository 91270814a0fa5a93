package dev.terrain.model;

import dev.terrain.model.ParameterSlot.Start;

/**
 * Batch norm over the channels of (n, channels, h, w): x̂ = (x − μ)/sqrt(σ² + 1e-5), y = γ x̂ + β.
 *
 * <p>In train mode μ and σ² are those of the batch, and the running statistics move towards them by
 * a tenth; in eval mode the running statistics are used. See {@link Pass.Mode}.
 */
public final class BatchNormLayer implements Layer {
  private final ParameterSlot scale;
  private final ParameterSlot shift;
  private final ParameterSlot runningMean;
  private final ParameterSlot runningVariance;

  /**
   * @param name of its arrays, without the last part
   * @param channels of its input
   */
  public BatchNormLayer(ParameterLayout layout, String name, int channels) {
    scale = layout.constant(name + ".weight", Start.ONE, channels);
    shift = layout.constant(name + ".bias", Start.ZERO, channels);
    runningMean = layout.statistic(name + ".running_mean", Start.ZERO, channels);
    runningVariance = layout.statistic(name + ".running_var", Start.ONE, channels);
  }

  @Override
  public Value forward(Pass pass, Value input) {
    return pass.batchNorm(
        input,
        pass.array(scale),
        pass.array(shift),
        pass.array(runningMean),
        pass.array(runningVariance));
  }
}
