package dev.terrain.hessian;

import dev.terrain.surface.HessianProduct;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.Weights;
import java.util.function.Consumer;

/**
 * The Hessian ∇²L(θ) of a loss surface at fixed weights, in eval mode over the whole sample, as a
 * linear operator. It counts its products and shows each to a listener, which sees the quadratic
 * forms of the single batches that way.
 */
public final class HessianOperator implements LinearOperator {
  private final LossSurface surface;
  private final Weights weights;
  private final Consumer<HessianProduct> listener;
  private long products;

  /**
   * @param listener called with every product, after it was found finite
   */
  public HessianOperator(LossSurface surface, Weights weights, Consumer<HessianProduct> listener) {
    this.surface = surface;
    this.weights = weights;
    this.listener = listener;
  }

  @Override
  public int dimension() {
    return surface.dimension();
  }

  /**
   * {@inheritDoc}
   *
   * @throws ArithmeticException if the product has a component that is not finite
   */
  @Override
  public double[] apply(double[] v) {
    HessianProduct product = surface.hessianProduct(weights, v);
    products++;
    double[] components = product.product();
    for (int i = 0; i < components.length; i++) {
      if (!Double.isFinite(components[i])) {
        throw new ArithmeticException(
            "component "
                + i
                + " of Hessian-vector product "
                + products
                + " is "
                + components[i]
                + "; it must be finite");
      }
    }
    listener.accept(product);
    return components;
  }

  /** Hessian-vector products so far. */
  public long products() {
    return products;
  }
}
