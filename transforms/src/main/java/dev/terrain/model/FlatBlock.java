package dev.terrain.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A block that holds no arrays of its own: every parameter comes from the parameter store, as a
 * view of θ. No block draws at random: a network is a fixed function of θ.
 */
public abstract class FlatBlock extends AbstractBlock {
  @Override
  public final boolean isInitialized() {
    return true;
  }

  @Override
  protected final NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> options) {
    return new NDList(forward(store, inputs.singletonOrThrow(), training, options));
  }

  /**
   * The fewest values that an image has in a channel where batch norm takes its statistics; empty
   * without batch norm.
   */
  public OptionalInt valuesPerNormalisedChannel() {
    return OptionalInt.empty();
  }

  /**
   * A pass of a batch.
   *
   * @param store where the views of θ and of the statistics are
   * @param training whether batch norm uses and records the statistics of the batch
   * @param options handed on to the layers
   */
  public abstract NDArray forward(
      ParameterStore store,
      NDArray input,
      boolean training,
      @Nullable PairList<String, Object> options);
}
