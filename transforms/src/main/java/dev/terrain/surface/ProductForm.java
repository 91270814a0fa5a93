package dev.terrain.surface;

import dev.terrain.surface.CurvatureMatrix.Kind;
import java.util.Locale;

/** How a product with a curvature is computed from the graph of a batch. */
enum ProductForm {
  /** The reverse pass's derivative. */
  HESSIAN,
  /** J' ∇²_f ℓ J v by differentiation of ∂ℓ/∂f. */
  GAUSS_NEWTON,
  /** J' (diag p − pp') J v, p = softmax(f). */
  CATEGORICAL_FISHER,
  /** J' 2 J v, of y ~ N(f, ½ I). */
  NORMAL_FISHER,
  /** J' s s' J v, s = ∂ℓ/∂f at the labels of the data or drawn ones. */
  LABEL_FISHER;

  /**
   * The form of a curvature of a loss.
   *
   * @throws IllegalArgumentException if the curvature needs a distribution of labels and the loss
   *     tells none
   */
  static ProductForm of(Kind kind, Loss loss) {
    if ((kind == Kind.FISHER || kind == Kind.SAMPLED_FISHER) && !(loss instanceof LikelihoodLoss)) {
      throw new IllegalArgumentException(
          "loss ("
              + loss
              + ") must be CROSS_ENTROPY or SQUARED_ERROR for "
              + kind
              + ": it tells no distribution of labels");
    }
    return switch (kind) {
      case HESSIAN -> HESSIAN;
      case GAUSS_NEWTON -> GAUSS_NEWTON;
      case FISHER -> loss == Loss.CROSS_ENTROPY ? CATEGORICAL_FISHER : NORMAL_FISHER;
      case SAMPLED_FISHER, EMPIRICAL_FISHER -> LABEL_FISHER;
    };
  }

  /** The method of the script. */
  String method() {
    return name().toLowerCase(Locale.ROOT) + "_products";
  }
}
