package dev.terrain.curvature.linear;

import dev.terrain.random.CounterRandom;

/** Random vectors of R^d of squared norm d and covariance I, keyed by (id, purpose, index). */
public final class RandomVectors {
  private RandomVectors() {}

  /** Gaussian vectors brought to the sphere of radius √d: uniform in direction. */
  public static double[][] spherical(
      String id, String purpose, int first, int count, int dimension) {
    double[][] block = new double[count][dimension];
    for (int j = 0; j < count; j++) {
      CounterRandom random = CounterRandom.of(id, purpose, first + (long) j);
      for (int i = 0; i < dimension; i++) {
        block[j][i] = random.nextGaussian();
      }
      double factor = Math.sqrt(dimension) / OrthonormalBasis.norm(block[j]);
      for (int i = 0; i < dimension; i++) {
        block[j][i] *= factor;
      }
    }
    return block;
  }

  /** Vectors of independent signs. */
  public static double[][] rademacher(
      String id, String purpose, int first, int count, int dimension) {
    double[][] block = new double[count][];
    for (int j = 0; j < count; j++) {
      block[j] = CounterRandom.of(id, purpose, first + (long) j).rademacher(dimension);
    }
    return block;
  }
}
