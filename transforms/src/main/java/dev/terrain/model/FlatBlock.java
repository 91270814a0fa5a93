package dev.terrain.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.OptionalInt;

/**
 * A block that holds no arrays of its own: every parameter comes from the parameter store, as a
 * view of θ.
 */
abstract class FlatBlock extends AbstractBlock {
  @Override
  public final boolean isInitialized() {
    return true;
  }

  @Override
  protected final NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    return new NDList(forward(store, inputs.singletonOrThrow(), training, options));
  }

  /**
   * The fewest values that an image has in a channel where batch norm takes its statistics; empty
   * without batch norm.
   */
  OptionalInt valuesPerNormalisedChannel() {
    return OptionalInt.empty();
  }

  abstract NDArray forward(
      ParameterStore store, NDArray input, boolean training, PairList<String, Object> options);
}
