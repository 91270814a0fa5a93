package dev.terrain.curvature.operator;

import dev.terrain.surface.ParameterSubset;
import java.util.List;

/**
 * Operators made of operators. Each is self-adjoint, costs one product with each operator that it
 * is made of, and has the batches of what it is made of where that is a {@link SampledOperator}.
 */
public final class Compositions {
  private Compositions() {}

  /** A + σI. */
  public static SampledOperator shifted(LinearOperator operator, double sigma) {
    return new AffineOperator(SampledOperator.of(operator), 1, sigma);
  }

  /** cA. */
  public static SampledOperator scaled(LinearOperator operator, double factor) {
    return new AffineOperator(SampledOperator.of(operator), factor, 0);
  }

  /**
   * A + B. Where both are sampled, the batches must be the same; then a listener costs the memory
   * of all batches' products with A.
   *
   * @throws IllegalArgumentException if the dimensions differ, or both have more than one batch and
   *     the batches differ in size
   */
  public static SampledOperator sum(LinearOperator a, LinearOperator b) {
    return SumOperator.of(SampledOperator.of(a), SampledOperator.of(b));
  }

  /**
   * The principal block P A P' that belongs to a subset of the parameters; its dimension is the
   * subset's size k.
   *
   * @throws IllegalArgumentException if the subset is of another dimension than A
   */
  public static SampledOperator block(LinearOperator operator, ParameterSubset subset) {
    if (subset.dimension() != operator.dimension()) {
      throw new IllegalArgumentException(
          "subset ("
              + subset
              + ") must be of the operator's dimension ("
              + operator.dimension()
              + ")");
    }
    return new CompressedOperator(
        subset.size(), SampledOperator.of(operator), subset::extend, subset::restrict);
  }

  /**
   * (I − QQ') A (I − QQ'): A on the orthogonal complement of some vectors, 0 on their span.
   *
   * @param orthonormal columns of Q, each of length d; read at every product
   */
  public static SampledOperator deflated(LinearOperator operator, List<double[]> orthonormal) {
    ComplementProjection projection = new ComplementProjection(orthonormal);
    return new CompressedOperator(
        operator.dimension(), SampledOperator.of(operator), projection, projection);
  }

  /**
   * D A D, D = diag(scales): the curvature in the coordinates θ/scales. With the scales |θ| it does
   * not change when a ReLU unit's input weights are multiplied by a positive number and its output
   * weights divided by it.
   *
   * @param scales of length d; read at every product
   * @throws IllegalArgumentException if there are not d scales
   */
  public static SampledOperator rescaled(LinearOperator operator, double[] scales) {
    if (scales.length != operator.dimension()) {
      throw new IllegalArgumentException(
          "scales ("
              + scales.length
              + ") must be as many as the operator's dimension ("
              + operator.dimension()
              + ")");
    }
    ElementScaling scaling = new ElementScaling(scales);
    return new CompressedOperator(
        operator.dimension(), SampledOperator.of(operator), scaling, scaling);
  }
}
