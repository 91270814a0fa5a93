package dev.terrain.surface;

import ai.djl.ndarray.NDArray;

/**
 * The loss ℓ(f, y) of one image with the outputs f ∈ R^C and the label y, of which a surface is the
 * mean over the images; over nothing else, and without a factor.
 *
 * <p>Any differentiable loss can be one: gradient, Hessian, Gauss-Newton and empirical Fisher
 * matrix follow by automatic differentiation. The other Fisher matrices need the distribution of
 * labels that a loss stands for, which only those built in tell.
 */
@FunctionalInterface
public interface Loss {
  /** −ln softmax(f)_y, in nats: the study's loss. */
  Loss CROSS_ENTROPY = LikelihoodLoss.CROSS_ENTROPY;

  /** ‖f − e_y‖², e_y the unit vector of the label; no factor ½, no mean over the outputs. */
  Loss SQUARED_ERROR = LikelihoodLoss.SQUARED_ERROR;

  /**
   * The loss of each image of a batch, by operations of the engine that it can differentiate twice.
   *
   * @param outputs (n, C), of 32 or 64 bits
   * @param labels (n), int64
   * @return (n), ℓ(f_i, y_i) in the type of the outputs, which depends on image i alone
   */
  NDArray ofEach(NDArray outputs, NDArray labels);
}
