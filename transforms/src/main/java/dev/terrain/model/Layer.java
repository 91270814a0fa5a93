package dev.terrain.model;

import java.util.OptionalInt;

/**
 * A fixed function of a batch and of arrays that lie in θ. It computes nothing itself: it writes
 * the operations of its pass, and everything that Terrain does with networks is made of that one
 * text. A whole network is a layer, too. No layer draws at random.
 */
public interface Layer {
  /**
   * Writes the pass of a batch.
   *
   * @param pass what is written to
   * @param input the batch: (n, …), or (S, n, …) where the pass is of a stack
   * @return its outcome
   */
  Value forward(Pass pass, Value input);

  /**
   * The fewest values that an image has in a channel where batch norm takes its statistics; empty
   * without batch norm.
   */
  default OptionalInt valuesPerNormalisedChannel() {
    return OptionalInt.empty();
  }
}
