package dev.terrain.surface;

import java.util.Map;

/**
 * A network under an optimiser, step by step. Its state are named vectors: {@value #THETA}, {@value
 * #STATISTICS} and the buffers of the optimiser. One thread at a time; {@link #close} frees its
 * memory.
 */
public interface GradientDescent extends AutoCloseable {
  /** Name of the parameters θ. */
  String THETA = "theta";

  /** Name of the batch-norm statistics. */
  String STATISTICS = "statistics";

  /**
   * What one batch said before its step.
   *
   * @param loss mean loss of the batch in train mode, in nats
   * @param hits images of the batch classified correctly
   */
  record Step(double loss, int hits) {}

  /**
   * One step on a batch.
   *
   * @param examples positions of the batch's images
   * @param rate learning rate
   * @param number of the step, from 1, through all epochs
   */
  Step step(int[] examples, double rate, long number);

  /**
   * A copy of one vector of the state.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  float[] array(String name);

  /** Copies of all vectors of the state, by name. */
  Map<String, float[]> arrays();

  @Override
  void close();
}
