package dev.terrain.curvature.operator;

import java.util.Optional;

/**
 * A self-adjoint linear map A on R^d, known only by its products A v: the mean over images that are
 * cut into batches, A = Σ_b (n_b / n) A_b, n_b the images of batch b, n = Σ_b n_b. One that depends
 * on no images has a single batch of one.
 *
 * <p>The products of the single batches, which the same pass gives, show how far a value depends on
 * the choice of the images.
 *
 * <p>An implementation says how blocks are multiplied, {@link #multiply}; whoever wants products
 * calls {@link #apply}, which holds vectors and products against the dimension.
 */
public interface LinearOperator {
  /** The dimension d, at least 1. */
  int dimension();

  /** The images n_b of each batch, each at least 1. */
  default int[] batchSizes() {
    return new int[] {1};
  }

  /** Sees the products of one batch. */
  @FunctionalInterface
  interface BatchListener {
    /**
     * Called once for each batch, in their order.
     *
     * @param batch number of the batch, from 0
     * @param products A_b v for each vector of the block; to be read before the call returns only
     */
    void onBatch(int batch, double[][] products);
  }

  /**
   * The products A v of a block of vectors of length d, which are not changed, each in a new array.
   * Called by {@link #apply} alone.
   *
   * @param listener sees the products of the single batches on the way
   */
  double[][] multiply(double[][] block, BatchListener listener);

  /**
   * Why the products made so far cannot be right, so that nothing that is made of them counts;
   * empty if there is nothing against them.
   */
  default Optional<String> flaw() {
    return Optional.empty();
  }

  /**
   * The products A v of a block of vectors, each in a new array.
   *
   * @param block vectors of length d; they are not changed
   * @param listener sees the products of the single batches on the way
   * @throws IllegalArgumentException if a vector is not of length d
   * @throws IllegalStateException if the operator does not give a product of length d for each
   */
  default double[][] apply(double[][] block, BatchListener listener) {
    int d = dimension();
    for (int i = 0; i < block.length; i++) {
      if (block[i].length != d) {
        throw new IllegalArgumentException(
            "vector %d of %d has the length %d; it must be the operator's dimension, %d"
                .formatted(i, block.length, block[i].length, d));
      }
    }
    double[][] products = multiply(block, listener);
    if (products.length != block.length) {
      throw new IllegalStateException(
          "%s gave %d products for %d vectors"
              .formatted(getClass().getSimpleName(), products.length, block.length));
    }
    for (int i = 0; i < products.length; i++) {
      if (products[i].length != d) {
        throw new IllegalStateException(
            "%s gave a product of the length %d for vector %d of %d; it must be the dimension, %d"
                .formatted(getClass().getSimpleName(), products[i].length, i, block.length, d));
      }
    }
    return products;
  }

  /** The products A v of a block of vectors; see {@link #apply(double[][], BatchListener)}. */
  default double[][] apply(double[][] block) {
    return apply(block, (batch, products) -> {});
  }

  /** The product A v; see {@link #apply(double[][], BatchListener)}. */
  default double[] apply(double[] v) {
    return apply(new double[][] {v})[0];
  }
}
