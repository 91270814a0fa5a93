package dev.terrain.stage.training;

import dev.terrain.model.Network;
import dev.terrain.model.ParameterSlot;
import dev.terrain.v1.ModelSpec;

/**
 * How many models are trained together: {@value #MOST}, from where on more hardly pay, or fewer so
 * that they take {@value #MOST_BYTES} bytes of native memory at most.
 */
final class StackSize {
  private static final int MOST = 16;
  private static final long MOST_BYTES = 1L << 28;

  /** θ, its gradient and slope, and buffers. */
  private static final int VECTORS = 6;

  /** What is made of each input or output of a layer, forwards and backwards. */
  private static final int PER_VALUE = 4;

  private StackSize() {}

  /**
   * That of models like one.
   *
   * @param pixels of an image
   */
  static int of(ModelSpec spec, Network network, int pixels) {
    long outputs =
        network.parameters().stream()
            .filter(slot -> slot.lengths().length == 1)
            .mapToLong(ParameterSlot::size)
            .sum();
    long values =
        (long) VECTORS * network.dimension()
            + (long) PER_VALUE * spec.getBatchSize() * (pixels + outputs);
    return (int) Math.max(1, Math.min(MOST, MOST_BYTES / (Float.BYTES * values)));
  }
}
