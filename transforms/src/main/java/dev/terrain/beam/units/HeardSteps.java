package dev.terrain.beam.units;

import dev.terrain.stage.StageListener;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.LongAdder;

/** What is heard from inside one unit, and the way to end it. */
final class HeardSteps implements StageListener {
  private final LongAdder epochs = new LongAdder();
  private final LongAdder examples = new LongAdder();
  private final LongAdder hessianProducts = new LongAdder();
  private final LongAdder pathGradients = new LongAdder();
  private volatile Steps reported = new Steps(0, 0, 0, 0);
  private volatile boolean givenUp;

  /**
   * What has happened inside units.
   *
   * @param epochs completed by trainings
   * @param examples images that trainings took steps on
   * @param hessianProducts products of a Hessian with a vector
   * @param pathGradients gradients of a batch that fits of paths took
   */
  record Steps(long epochs, long examples, long hessianProducts, long pathGradients) {
    private Steps minus(Steps other) {
      return new Steps(
          epochs - other.epochs,
          examples - other.examples,
          hessianProducts - other.hessianProducts,
          pathGradients - other.pathGradients);
    }
  }

  @Override
  public void onTrainingStep(int count) {
    examples.add(count);
    stopIfGivenUp();
  }

  @Override
  public void onEpoch() {
    epochs.increment();
  }

  @Override
  public void onHessianProduct() {
    hessianProducts.increment();
    stopIfGivenUp();
  }

  @Override
  public void onPathGradient() {
    pathGradients.increment();
    stopIfGivenUp();
  }

  private void stopIfGivenUp() {
    if (givenUp) {
      throw new CancellationException("nobody waits for the unit");
    }
  }

  /** Makes the unit end soon, without a result. */
  void giveUp() {
    givenUp = true;
  }

  boolean isGivenUp() {
    return givenUp;
  }

  /** What has happened since the last call. */
  Steps fresh() {
    Steps all = new Steps(epochs.sum(), examples(), hessianProducts.sum(), pathGradients.sum());
    Steps fresh = all.minus(reported);
    reported = all;
    return fresh;
  }

  /** Images that trainings have taken steps on. */
  long examples() {
    return examples.sum();
  }
}
