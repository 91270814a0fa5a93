package dev.terrain.hessian;

import java.util.ArrayList;
import java.util.List;

/**
 * Passes products Av through, and keeps for each vector v the forms v'Av and ‖Av‖² and those that
 * the batches b give, v'A_bv.
 */
final class ProbeRecorder implements SampledOperator {
  private final FormRecorder operator;
  private final List<ProbeSample> samples = new ArrayList<>();

  ProbeRecorder(SampledOperator operator) {
    this.operator = new FormRecorder(operator);
  }

  @Override
  public int dimension() {
    return operator.dimension();
  }

  @Override
  public int[] batchSizes() {
    return operator.batchSizes();
  }

  @Override
  public double[][] apply(double[][] block, BatchListener listener) {
    double[][] products = operator.apply(block, listener);
    for (int j = 0; j < block.length; j++) {
      samples.add(Deflation.none().sample(block[j], products[j]));
    }
    return products;
  }

  /** One for each vector multiplied so far. */
  List<ProbeSample> samples() {
    return samples;
  }

  /** The v'A_bv: a row for each vector multiplied so far, a column for each batch. */
  double[][] batchForms() {
    return operator.forms().toArray(double[][]::new);
  }
}
