package dev.terrain.curvature.operator;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The operator S'AS for a linear map S: R^k → R^d, self-adjoint as A is. Its batches are S'A_bS.
 *
 * @param dimension k
 * @param inner A on R^d
 * @param map S
 * @param adjoint S'
 */
record CompressedOperator(
    int dimension,
    SampledOperator inner,
    UnaryOperator<double[]> map,
    UnaryOperator<double[]> adjoint)
    implements SampledOperator {
  @Override
  public int[] batchSizes() {
    return inner.batchSizes();
  }

  @Override
  public Optional<String> flaw() {
    return inner.flaw();
  }

  @Override
  public double[][] apply(double[][] block, BatchListener listener) {
    return each(
        adjoint,
        inner.apply(
            each(map, block),
            (batch, products) -> listener.onBatch(batch, each(adjoint, products))));
  }

  private static double[][] each(UnaryOperator<double[]> map, double[][] vectors) {
    return Arrays.stream(vectors).map(map).toArray(double[][]::new);
  }
}
