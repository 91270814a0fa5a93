package dev.terrain.surface;

import dev.terrain.surface.LossSurface.BatchListener;

/**
 * The products of one curvature of a {@link LossSurface} at fixed weights. What can be reused from
 * one block to the next is kept until {@link #close}.
 */
@FunctionalInterface
public interface CurvatureProducts extends AutoCloseable {
  /**
   * The products with a block of vectors; see {@link LossSurface#products}.
   *
   * @param listener sees the products of the single batches
   */
  double[][] of(double[][] block, BatchListener listener);

  @Override
  default void close() {}
}
