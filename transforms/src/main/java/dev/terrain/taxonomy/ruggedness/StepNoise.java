package dev.terrain.taxonomy.ruggedness;

/**
 * The temperature that a training by stochastic gradient descent on L(x) + s ξ_i x, ξ of mean 0 and
 * variance 1 over n examples, has in the parabola x²/2 at the end of an epoch.
 *
 * <p>An epoch takes ⌊n/B⌋ batches of B examples in a new order, without replacement, and leaves out
 * the rest. Batches have gradients of variance s² (n - B)/(B (n - 1)); two of one epoch have the
 * covariance -s²/(n - 1), since what one has drawn the other lacks. With h_j the displacement that
 * a unit of gradient has left after j more steps u ← μ u + g, x ← x - η u, the variance of x is
 *
 * <p>T = s²/(n - 1) · ((n/B) Σ_j h_j² - Σ_e (Σ_{j in epoch e} h_j)²).
 *
 * @param learningRate η, in (0, 2 (1 + μ))
 * @param momentum μ, in [0, 1)
 * @param deviation s, at least 0
 * @param examples n, at least 2
 */
public record StepNoise(double learningRate, double momentum, double deviation, int examples) {
  /** Share of the variance that the epochs further back may have. */
  private static final double NEGLIGIBLE = 1e-16;

  /**
   * @throws IllegalArgumentException if a number is out of its range, so that no variance is
   *     stationary
   */
  public StepNoise {
    if (!(momentum >= 0 && momentum < 1)
        || !(learningRate > 0 && learningRate < 2 * (1 + momentum))
        || !(deviation >= 0 && Double.isFinite(deviation))
        || examples < 2) {
      throw new IllegalArgumentException(
          "no stationary noise for learning rate %s, momentum %s, deviation %s and %d examples"
              .formatted(learningRate, momentum, deviation, examples));
    }
  }

  /**
   * T of batches of a size; 0 for all examples at once.
   *
   * @param batchSize B, from 1 to n
   */
  public double temperature(int batchSize) {
    int batches = examples / batchSize;
    double velocity = 1;
    double displacement = -learningRate;
    double squares = 0;
    double squaredSums = 0;
    double left;
    do {
      double sum = 0;
      double epoch = 0;
      for (int i = 0; i < batches; i++) {
        sum += displacement;
        epoch += displacement * displacement;
        velocity = momentum * velocity + displacement;
        displacement -= learningRate * velocity;
      }
      squares += epoch;
      squaredSums += sum * sum;
      left = displacement * displacement + learningRate * velocity * velocity;
    } while (left > NEGLIGIBLE * squares);
    double independent = (double) examples / batchSize * squares;
    return deviation * deviation / (examples - 1.0) * Math.max(independent - squaredSums, 0);
  }
}
