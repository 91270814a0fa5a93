package dev.terrain.curvature.operator;

import dev.terrain.surface.ParameterSubset;
import java.util.Arrays;
import java.util.Optional;

/**
 * The principal submatrix P A P' of an operator A on R^d that belongs to a subset of the
 * parameters: self-adjoint, of the dimension k of the subset, with the batches of A; a product
 * costs one with A.
 *
 * @param whole A
 * @param subset of its parameters
 */
public record PrincipalSubmatrix(LinearOperator whole, ParameterSubset subset)
    implements LinearOperator {
  /**
   * @throws IllegalArgumentException if the subset is of another dimension than A
   */
  public PrincipalSubmatrix {
    if (subset.dimension() != whole.dimension()) {
      throw new IllegalArgumentException(
          "subset ("
              + subset
              + ") must be of the operator's dimension ("
              + whole.dimension()
              + ")");
    }
  }

  @Override
  public int dimension() {
    return subset.size();
  }

  @Override
  public int[] batchSizes() {
    return whole.batchSizes();
  }

  @Override
  public Optional<String> flaw() {
    return whole.flaw();
  }

  @Override
  public double[][] multiply(double[][] block, BatchListener listener) {
    double[][] extended = Arrays.stream(block).map(subset::extend).toArray(double[][]::new);
    return restricted(
        whole.apply(extended, (batch, products) -> listener.onBatch(batch, restricted(products))));
  }

  private double[][] restricted(double[][] products) {
    return Arrays.stream(products).map(subset::restrict).toArray(double[][]::new);
  }
}
