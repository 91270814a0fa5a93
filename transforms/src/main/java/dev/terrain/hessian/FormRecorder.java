package dev.terrain.hessian;

import java.util.ArrayList;
import java.util.List;

/** Passes products through, and keeps the forms v'A_bv that the batches b give each vector v. */
final class FormRecorder implements SampledOperator {
  private final SampledOperator operator;
  private final List<double[]> forms = new ArrayList<>();

  FormRecorder(SampledOperator operator) {
    this.operator = operator;
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
    double[][] ofBlock = new double[block.length][batchSizes().length];
    double[][] products =
        operator.apply(
            block,
            (batch, parts) -> {
              for (int j = 0; j < block.length; j++) {
                ofBlock[j][batch] = OrthonormalBasis.dot(block[j], parts[j]);
              }
              listener.onBatch(batch, parts);
            });
    forms.addAll(List.of(ofBlock));
    return products;
  }

  /** A row for each vector multiplied so far, a column for each batch. */
  List<double[]> forms() {
    return forms;
  }
}
