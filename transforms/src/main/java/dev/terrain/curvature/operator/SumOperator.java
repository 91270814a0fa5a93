package dev.terrain.curvature.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A + B, A with at least as many batches as B; its batches are A_b + B_b, or A_b + B. */
record SumOperator(SampledOperator first, SampledOperator second) implements SampledOperator {

  /** A + B in the order in which the batches are those of the first. */
  static SumOperator of(SampledOperator a, SampledOperator b) {
    if (a.dimension() != b.dimension()) {
      throw new IllegalArgumentException(
          "dimensions (" + a.dimension() + ", " + b.dimension() + ") of a sum must be equal");
    }
    int[] batchesA = a.batchSizes();
    int[] batchesB = b.batchSizes();
    if (batchesA.length > 1 && batchesB.length > 1 && !Arrays.equals(batchesA, batchesB)) {
      throw new IllegalArgumentException(
          "batches ("
              + Arrays.toString(batchesA)
              + ", "
              + Arrays.toString(batchesB)
              + ") of a sum of sampled operators must be equal");
    }
    return batchesB.length > batchesA.length ? new SumOperator(b, a) : new SumOperator(a, b);
  }

  @Override
  public int dimension() {
    return first.dimension();
  }

  @Override
  public int[] batchSizes() {
    return first.batchSizes();
  }

  @Override
  public Optional<String> flaw() {
    return first.flaw().or(second::flaw);
  }

  @Override
  public double[][] apply(double[][] block) {
    return sum(first.apply(block), second.apply(block));
  }

  @Override
  public double[][] apply(double[][] block, BatchListener listener) {
    List<double[][]> parts = new ArrayList<>();
    double[][] whole =
        second.apply(
            block,
            (batch, products) ->
                parts.add(Arrays.stream(products).map(double[]::clone).toArray(double[][]::new)));
    double[][] result =
        first.apply(
            block,
            (batch, products) ->
                listener.onBatch(batch, sum(products, parts.get(parts.size() == 1 ? 0 : batch))));
    return sum(result, whole);
  }

  private static double[][] sum(double[][] a, double[][] b) {
    double[][] sums = new double[a.length][];
    for (int k = 0; k < sums.length; k++) {
      sums[k] = a[k].clone();
      for (int i = 0; i < sums[k].length; i++) {
        sums[k][i] += b[k][i];
      }
    }
    return sums;
  }
}
