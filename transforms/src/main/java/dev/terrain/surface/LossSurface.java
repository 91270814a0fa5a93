package dev.terrain.surface;

/**
 * The mean loss of one network over one fixed sample of images, as a function of the flat parameter
 * vector: L(θ) = (1/n) Σ_i ℓ(f(x_i; θ), y_i), θ ∈ R^d, ℓ one {@link Loss}, no weight-decay term.
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

  /**
   * The images n_b of each batch in which a pass goes over the sample; their sum is n.
   *
   * @return a new array
   */
  int[] batchSizes();

  /** Sees what one batch contributes to a mean over the sample. */
  @FunctionalInterface
  interface BatchListener {
    /** Called once for each batch, in their order. */
    void onBatch(int batch, double[][] vectors);
  }

  /** Loss and correctness of every image in eval mode. */
  Evaluation evaluate(Weights weights);

  /**
   * The outputs f(x_i; θ) for every image in eval mode: logits under the cross-entropy.
   *
   * @return n rows of one number a class
   */
  double[][] outputs(Weights weights);

  /** Loss and gradient over the whole sample in eval mode. */
  default LossGradient gradient(Weights weights) {
    return gradient(weights, (batch, gradients) -> {});
  }

  /**
   * Loss and gradient over the whole sample in eval mode.
   *
   * @param listener sees the gradient of each batch's mean loss, as the only vector
   */
  LossGradient gradient(Weights weights, BatchListener listener);

  /**
   * The exact products of a curvature of L at θ with a block of vectors, over the whole sample in
   * eval mode. The products with a block have the bits of those with its vectors one by one.
   *
   * @param block vectors of length d
   * @param listener sees the products with the same curvature of each batch's mean loss, one for
   *     each vector
   * @return one product of length d for each vector
   */
  double[][] products(
      CurvatureMatrix matrix, Weights weights, double[][] block, BatchListener listener);

  /**
   * The products of a curvature at fixed weights, for many blocks of vectors: as {@link #products},
   * with the same bits, and the cost of what can be reused from block to block only once.
   *
   * @param graphBytes native memory in bytes for what is kept, at least 0; an estimate that errs on
   *     the large side is held against it
   */
  default CurvatureProducts curvature(CurvatureMatrix matrix, Weights weights, long graphBytes) {
    return (block, listener) -> products(matrix, weights, block, listener);
  }

  /**
   * The exact product of the Hessian ∇²L(θ) with {@code v}, over the whole sample in eval mode.
   *
   * @param v a vector of length d
   */
  default HessianProduct hessianProduct(Weights weights, double[] v) {
    int[] sizes = batchSizes();
    double[] forms = new double[sizes.length];
    double[][] products =
        products(
            CurvatureMatrix.hessian(),
            weights,
            new double[][] {v},
            (batch, parts) -> {
              for (int i = 0; i < v.length; i++) {
                forms[batch] += v[i] * parts[0][i];
              }
            });
    return new HessianProduct(products[0], forms, sizes);
  }

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
