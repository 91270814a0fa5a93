package dev.terrain.surface;

/**
 * The mean loss of one network over one fixed sample of images, as a function of the flat parameter
 * vector: L(θ) = (1/n) Σ_i ℓ(f(x_i; θ), y_i), θ ∈ R^d, ℓ the cross-entropy in nats, no weight-decay
 * term.
 *
 * <p>In <em>eval mode</em> batch norm uses the {@link Weights#statistics()} given; then the loss is
 * a sum over images, and no result depends on how the sample is cut into batches, but for rounding.
 * In <em>train mode</em> batch norm uses the statistics of the batch at hand.
 *
 * <p>Results are accumulated in float64 whatever the precision of the network. The same call gives
 * the same bits, whichever thread makes it and whatever other threads do; an implementation says
 * whether calls on one instance may overlap.
 */
public interface LossSurface {
  /** The dimension d of θ. */
  int dimension();

  /** The number n of images of the sample. */
  int examples();

  /** Loss and correctness of every image in eval mode. */
  Evaluation evaluate(Weights weights);

  /** Loss and gradient over the whole sample in eval mode. */
  LossGradient gradient(Weights weights);

  /**
   * The exact product of the Hessian ∇²L(θ) with {@code v}, over the whole sample in eval mode.
   *
   * @param v a vector of length d
   */
  HessianProduct hessianProduct(Weights weights, double[] v);

  /**
   * Loss and gradient over some images of the sample in train mode: one step's stochastic gradient.
   *
   * @param theta a vector of length d
   * @param examples positions in the sample, each in [0, n)
   */
  LossGradient batchGradient(double[] theta, int[] examples);

  /**
   * The batch-norm statistics of the network at θ: for every channel the mean over the batches of
   * the sample of the batch mean, and of the unbiased batch variance, each batch weighted by its
   * images (the study's re-estimation: one pass in train mode with momentum batch/(seen + batch)).
   * Empty if the network has no batch norm.
   */
  double[] estimateStatistics(double[] theta);
}
