package dev.terrain.surface;

/**
 * The loss ℓ of one image, of which a surface is the mean over the images; over nothing else, and
 * without a factor.
 *
 * <p>Any differentiable loss can be one. It needs a constant here, its targets in {@link
 * ImageLoader#targets}, and its formula in {@code loss} of {@code autograd.py}, where the type of
 * the targets tells losses apart (integers: labels; floating point: vectors). Gradient, Hessian,
 * Gauss-Newton and empirical Fisher matrix follow from the formula by automatic differentiation.
 * The other Fisher matrices need the distribution of labels that the loss stands for: its
 * covariance of ∂ℓ/∂f in {@code label_covariance_product} there, and its draws in {@link
 * LabelDraw}.
 */
public enum Loss {
  /** −ln softmax(f)_y, in nats, for the label y: the study's loss. */
  CROSS_ENTROPY,
  /** ‖f − e_y‖², e_y the unit vector of the label y; no factor ½, no mean over the outputs. */
  SQUARED_ERROR
}
