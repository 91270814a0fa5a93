package dev.terrain.hessian;

import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.CurvatureProducts;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.Weights;

/**
 * A curvature matrix of a loss surface at fixed weights θ, in eval mode over the whole sample:
 * Hessian, generalized Gauss-Newton or Fisher matrix. Dimension d, in nats per squared unit of θ.
 * It counts its products.
 */
public final class SurfaceOperator implements SampledOperator, AutoCloseable {
  private final LossSurface surface;
  private final CurvatureMatrix matrix;
  private final CurvatureProducts source;
  private long products;

  private SurfaceOperator(LossSurface surface, CurvatureMatrix matrix, CurvatureProducts source) {
    this.surface = surface;
    this.matrix = matrix;
    this.source = source;
  }

  /**
   * An operator that keeps nothing from block to block; it need not be closed.
   *
   * @param matrix which of the curvatures
   * @param weights θ and the batch-norm statistics, read at every product
   */
  public SurfaceOperator(LossSurface surface, CurvatureMatrix matrix, Weights weights) {
    this(surface, matrix, (block, listener) -> surface.products(matrix, weights, block, listener));
  }

  /**
   * An operator that keeps what it can reuse from block to block until it is closed.
   *
   * @param graphBytes native memory for that, in bytes; see {@link LossSurface#curvature}
   */
  public static SurfaceOperator reusing(
      LossSurface surface, CurvatureMatrix matrix, Weights weights, long graphBytes) {
    return new SurfaceOperator(surface, matrix, surface.curvature(matrix, weights, graphBytes));
  }

  @Override
  public int dimension() {
    return surface.dimension();
  }

  @Override
  public int[] batchSizes() {
    return surface.batchSizes();
  }

  /**
   * {@inheritDoc}
   *
   * @throws ArithmeticException if a product has a component that is not finite
   */
  @Override
  public double[][] apply(double[][] block, BatchListener listener) {
    double[][] result = source.of(block, listener::onBatch);
    for (double[] product : result) {
      products++;
      requireFinite(product);
    }
    return result;
  }

  private void requireFinite(double[] product) {
    for (int i = 0; i < product.length; i++) {
      if (!Double.isFinite(product[i])) {
        throw new ArithmeticException(
            "component "
                + i
                + " of product "
                + products
                + " with "
                + matrix.kind()
                + " is "
                + product[i]
                + "; it must be finite");
      }
    }
  }

  /** Products so far, one for each vector of a block. */
  public long products() {
    return products;
  }

  /** Frees what is kept. */
  @Override
  public void close() {
    source.close();
  }
}
