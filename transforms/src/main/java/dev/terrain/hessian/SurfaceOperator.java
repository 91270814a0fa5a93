package dev.terrain.hessian;

import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.Weights;

/**
 * A curvature matrix of a loss surface at fixed weights θ, in eval mode over the whole sample:
 * Hessian, generalized Gauss-Newton or Fisher matrix. Dimension d, in nats per squared unit of θ.
 * It counts its products.
 */
public final class SurfaceOperator implements SampledOperator {
  private final LossSurface surface;
  private final CurvatureMatrix matrix;
  private final Weights weights;
  private long products;

  /**
   * @param matrix which of the curvatures
   * @param weights θ and the batch-norm statistics, read at every product
   */
  public SurfaceOperator(LossSurface surface, CurvatureMatrix matrix, Weights weights) {
    this.surface = surface;
    this.matrix = matrix;
    this.weights = weights;
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
    double[][] result = surface.products(matrix, weights, block, listener::onBatch);
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
}
