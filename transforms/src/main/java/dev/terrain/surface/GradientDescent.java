package dev.terrain.surface;

/**
 * A network under stochastic gradient descent with momentum, step by step. One thread at a time;
 * {@link #close} frees its memory.
 */
public interface GradientDescent extends AutoCloseable {
  /**
   * What one batch said before its step.
   *
   * @param loss mean loss of the batch in train mode, in nats
   * @param hits images of the batch classified correctly
   */
  record Step(double loss, int hits) {}

  /**
   * One step on a batch: u ← momentum·u + (g + decay·θ), θ ← θ − rate·u.
   *
   * @param examples positions of the batch's images
   */
  Step step(int[] examples, double rate, double momentum, double decay);

  /** A copy of θ. */
  float[] theta();

  /** A copy of the momentum buffer u. */
  float[] velocity();

  /** A copy of the batch-norm statistics. */
  float[] statistics();

  @Override
  void close();
}
