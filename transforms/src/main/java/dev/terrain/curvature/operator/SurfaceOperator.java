package dev.terrain.curvature.operator;

import dev.terrain.surface.CurvatureMatrix;
import dev.terrain.surface.CurvatureProducts;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.Weights;
import java.util.Optional;

/**
 * A curvature matrix of a loss surface at fixed weights θ, in eval mode over the whole sample:
 * Hessian, generalized Gauss-Newton or Fisher matrix. Dimension d, in nats per squared unit of θ.
 * It counts its products and holds them against each other.
 */
public final class SurfaceOperator implements LinearOperator, AutoCloseable {
  private final LossSurface surface;
  private final CurvatureMatrix matrix;
  private final Weights weights;
  private final CurvatureProducts source;
  private final SymmetryCheck symmetry = new SymmetryCheck();
  private long products;

  private SurfaceOperator(
      LossSurface surface, CurvatureMatrix matrix, Weights weights, CurvatureProducts source) {
    this.surface = surface;
    this.matrix = matrix;
    this.weights = weights;
    this.source = source;
  }

  /**
   * An operator that keeps nothing from block to block; it need not be closed.
   *
   * @param matrix which of the curvatures
   * @param weights θ and the batch-norm statistics, read at every product
   */
  public SurfaceOperator(LossSurface surface, CurvatureMatrix matrix, Weights weights) {
    this(
        surface,
        matrix,
        weights,
        (block, listener) -> surface.products(matrix, weights, block, listener));
  }

  /**
   * An operator that keeps what it can reuse from block to block until it is closed.
   *
   * @param graphBytes native memory for that, in bytes; see {@link LossSurface#curvature}
   */
  public static SurfaceOperator reusing(
      LossSurface surface, CurvatureMatrix matrix, Weights weights, long graphBytes) {
    return new SurfaceOperator(
        surface, matrix, weights, surface.curvature(matrix, weights, graphBytes));
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
  public double[][] multiply(double[][] block, BatchListener listener) {
    double[][] result = source.of(block, listener::onBatch);
    for (double[] product : result) {
      products++;
      requireFinite(product);
    }
    symmetry.see(block, result);
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

  /**
   * {@inheritDoc}
   *
   * <p>They are held against each other by a {@link SymmetryCheck}. Only an asymmetry that may yet
   * be rounding costs one pass for the outputs.
   */
  @Override
  public Optional<String> flaw() {
    double asymmetry = symmetry.asymmetry();
    if (asymmetry <= SymmetryCheck.leastExplained()) {
      return Optional.empty();
    }
    double explained = SymmetryCheck.explained(surface.outputs(weights));
    return asymmetry <= explained
        ? Optional.empty()
        : Optional.of(
            "the engine's products are wrong: u'Av and v'Au differ by %.2g of |A|, and rounding explains %.2g at most"
                .formatted(asymmetry, explained));
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
