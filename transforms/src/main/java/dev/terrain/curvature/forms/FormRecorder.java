package dev.terrain.curvature.forms;

import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.statistics.BatchJackknife;
import java.util.ArrayList;
import java.util.List;

/**
 * Passes products through, and keeps of each vector v what the {@link ProbeForms} need of the
 * batches.
 */
public final class FormRecorder implements LinearOperator {
  private final LinearOperator operator;
  private final List<ProbeForms> forms = new ArrayList<>();

  public FormRecorder(LinearOperator operator) {
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
  public double[][] multiply(double[][] block, BatchListener listener) {
    double[] weights = BatchJackknife.biasWeights(batchSizes());
    double[][] ofBatches = new double[block.length][weights.length];
    double[] squares = new double[block.length];
    double[][] weighted = new double[block.length][dimension()];
    double[][] products =
        operator.apply(
            block,
            (batch, parts) -> {
              for (int j = 0; j < block.length; j++) {
                ofBatches[j][batch] = OrthonormalBasis.dot(block[j], parts[j]);
                squares[j] += weights[batch] * OrthonormalBasis.dot(parts[j], parts[j]);
                OrthonormalBasis.addMultiple(weighted[j], weights[batch], parts[j]);
              }
              listener.onBatch(batch, parts);
            });
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    for (int j = 0; j < block.length; j++) {
      double squaredNorm = OrthonormalBasis.dot(products[j], products[j]);
      // Σ γ_b ‖A_bv - Av‖², multiplied out: the A_bv are not kept.
      double spread =
          squares[j] - 2 * OrthonormalBasis.dot(products[j], weighted[j]) + sum * squaredNorm;
      forms.add(
          new ProbeForms(
              OrthonormalBasis.dot(block[j], products[j]),
              squaredNorm,
              ofBatches[j],
              new double[0],
              spread));
    }
    return products;
  }

  /** The forms of the vectors multiplied so far, in their order; without images. */
  public List<ProbeForms> forms() {
    return forms;
  }
}
