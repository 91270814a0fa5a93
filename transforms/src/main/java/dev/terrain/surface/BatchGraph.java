package dev.terrain.surface;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The graph of one batch's computation up to the point where a vector comes in: forward pass and
 * first reverse pass. Every product with a curvature of the batch's mean loss is one more pass over
 * it; freed by {@link #close}.
 */
final class BatchGraph implements AutoCloseable {
  /**
   * Bytes that a graph holds for each byte that the operations of the forward pass make: some of
   * these arrays, and about as much of the reverse pass. Measured as growth of the process: 2.0 for
   * cnn, 1.2 for resnet18, 1.0 for mlp.
   */
  private static final double KEPT = 2.2;

  private final NDManager scope;
  private final NDArray theta;
  private final ProductForm form;
  private final NDList graph;
  private final long bytes;

  /**
   * @param positions the batch's images
   * @param losses of each image of the batch from the outputs, in their scope
   */
  BatchGraph(
      PlacedWeights weights, ProductForm form, int[] positions, UnaryOperator<NDArray> losses) {
    this.form = form;
    theta = weights.theta();
    scope = weights.manager().newSubManager();
    try (NDManager forward = scope.newSubManager()) {
      NetworkModule.CountedOutputs counted = weights.countedOutputs(forward, positions);
      NDArray outputs = counted.outputs();
      graph = form == ProductForm.HESSIAN ? hessian(outputs, losses) : pulling(outputs, losses);
      graph.attach(scope);
      bytes = (long) (KEPT * counted.numbers() * outputs.getDataType().getNumOfBytes());
    }
  }

  private NDList hessian(NDArray outputs, UnaryOperator<NDArray> losses) {
    return AutogradModule.get().hessianGraph(losses.apply(outputs), theta);
  }

  private NDList pulling(NDArray outputs, UnaryOperator<NDArray> losses) {
    NDArray at = outputs.stopGradient();
    at.setRequiresGradient(true);
    return AutogradModule.get().pullingGraph(outputs, theta, losses.apply(at), at);
  }

  /** The native memory that is held, an estimate that errs on the large side. */
  long bytes() {
    return bytes;
  }

  /**
   * The products with the batch's curvature.
   *
   * @param vectors each named {@link AutogradModule#VECTOR}
   */
  double[][] products(List<NDArray> vectors) {
    try (NDList products = AutogradModule.get().products(form, vectors, graph, theta)) {
      return products.stream().map(Vectors::download).toArray(double[][]::new);
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
