package dev.terrain.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

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

  abstract NDArray forward(
      ParameterStore store, NDArray input, boolean training, PairList<String, Object> options);
}
