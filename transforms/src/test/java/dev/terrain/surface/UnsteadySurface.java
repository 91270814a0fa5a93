package dev.terrain.surface;

import java.util.concurrent.atomic.AtomicInteger;

/** A surface whose second gradient is off by one unit in the last place of a component. */
public final class UnsteadySurface extends ForwardingSurface {
  private final AtomicInteger passes = new AtomicInteger();
  private final boolean inBatch;

  /**
   * @param inBatch whether only what the listener sees of batch 1 is off
   */
  public UnsteadySurface(LossSurface surface, boolean inBatch) {
    super(surface);
    this.inBatch = inBatch;
  }

  @Override
  public LossGradient gradient(Weights weights, BatchListener listener) {
    boolean second = passes.incrementAndGet() == 2;
    LossGradient result =
        super.gradient(
            weights,
            (batch, vectors) -> {
              if (second && inBatch && batch == 1) {
                vectors[0][5] = Math.nextUp(vectors[0][5]);
              }
              listener.onBatch(batch, vectors);
            });
    if (second && !inBatch) {
      result.gradient()[5] = Math.nextUp(result.gradient()[5]);
    }
    return result;
  }
}
