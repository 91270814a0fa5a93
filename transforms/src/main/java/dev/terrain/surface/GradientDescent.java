package dev.terrain.surface;

import java.util.List;
import java.util.Map;

/**
 * A stack of networks of one shape under one optimiser, step by step: its members, numbered from 0,
 * go side by side, each at its own place. The state of a member are named vectors: {@value #THETA},
 * {@value #STATISTICS} and the buffers of the optimiser; its bits depend on nothing of the other
 * members. One thread at a time; {@link #close} frees its memory.
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
   * Consecutive steps of one member.
   *
   * @param batches positions of the images of each step's batch; all batches are equally large
   * @param rates learning rate of each step
   * @param number of the first step, from 1, through all epochs
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Stretch(int[][] batches, double[] rates, long number) {}

  /**
   * Takes steps. A member goes on after a loss that is not finite; its weights are good for nothing
   * then.
   *
   * @param stretches one for each member; all have the same number of steps and size of batch
   * @return for each member, its steps
   */
  List<List<Step>> steps(List<Stretch> stretches);

  /**
   * A copy of one vector of a member's state.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  float[] array(int member, String name);

  /** Copies of all vectors of a member's state, by name. */
  Map<String, float[]> arrays(int member);

  @Override
  void close();
}
