package dev.terrain.hessian;

import dev.terrain.random.CounterRandom;
import java.util.Arrays;

/**
 * The largest <em>algebraic</em> eigenvalue λ of a self-adjoint operator A on R^d by the Lanczos
 * process with full two-pass re-orthogonalisation (Lanczos 1950; Giraud, Langou and Rozložník
 * 2005). A dominant negative eigenvalue does not hide it, as it does from power iteration.
 *
 * <p>The start is a Gaussian vector. Where the Krylov space is exhausted (β_j ≤ 10 ε √d max|T|) the
 * process goes on from a random vector orthogonal to all before, and so finds further copies of
 * multiple eigenvalues.
 *
 * <p>It stops when the residual norm r of the largest Ritz pair is at most {@code tolerance} ·
 * max_i |θ_i|. Since r bounds the distance to <em>some</em> eigenvalue, a Ritz value that rests for
 * a step on a lower one would pass; so the inequality must hold on two steps in a row, and not
 * before {@code minSteps}. It also stops when all of R^d is spanned: then every Ritz pair is exact.
 *
 * <p>Memory: one vector of length d a step.
 */
public final class Lanczos {
  private final double tolerance;
  private final int minSteps;
  private final int maxSteps;

  /**
   * @param tolerance residual norm of the largest pair, as a share of the largest absolute Ritz
   *     value, at least 0
   * @param minSteps products to spend at least, unless the whole space is spanned before
   * @param maxSteps products to spend at most, at least 1
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public Lanczos(double tolerance, int minSteps, int maxSteps) {
    if (!(tolerance >= 0) || maxSteps < 1 || minSteps > maxSteps) {
      throw new IllegalArgumentException(
          "tolerance ("
              + tolerance
              + ") must be at least 0, maxSteps ("
              + maxSteps
              + ") at least 1 and minSteps ("
              + minSteps
              + ") at most maxSteps");
    }
    this.tolerance = tolerance;
    this.minSteps = minSteps;
    this.maxSteps = maxSteps;
  }

  /**
   * Runs the process.
   *
   * @param random source of the starting vector and of the vectors after a breakdown
   */
  public LanczosResult largest(LinearOperator operator, CounterRandom random) {
    int dimension = operator.dimension();
    int limit = Math.min(maxSteps, dimension);
    OrthonormalBasis basis = new OrthonormalBasis();
    double[] diagonal = new double[limit];
    double[] offDiagonal = new double[limit];
    double magnitude = 0;
    boolean heldBefore = false;
    addRandom(basis, dimension, random);
    for (int step = 1; ; step++) {
      double[] rest = operator.apply(basis.last());
      double alpha = OrthonormalBasis.dot(basis.last(), rest);
      basis.orthogonalise(rest);
      double beta = OrthonormalBasis.norm(rest);
      magnitude = Math.max(magnitude, Math.abs(alpha));
      boolean exhausted =
          step == dimension || beta <= 10 * Math.ulp(1.0) * Math.sqrt(dimension) * magnitude;
      if (exhausted) {
        beta = 0;
      }
      magnitude = Math.max(magnitude, beta);
      diagonal[step - 1] = alpha;
      offDiagonal[step - 1] = beta;

      RitzPairs pairs =
          RitzPairs.of(Arrays.copyOf(diagonal, step), Arrays.copyOf(offDiagonal, step - 1), beta);
      boolean holds = pairs.topResidual() <= tolerance * pairs.magnitude();
      if (step == limit || (step >= minSteps && holds && heldBefore)) {
        double[] vector = basis.combine(pairs.topCoefficients());
        return new LanczosResult(
            pairs.values(), pairs.weights(), pairs.residuals(), vector, step, holds);
      }
      heldBefore = holds;
      if (exhausted) {
        addRandom(basis, dimension, random);
      } else {
        basis.add(rest, beta);
      }
    }
  }

  private static void addRandom(OrthonormalBasis basis, int dimension, CounterRandom random) {
    double[] vector = new double[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = random.nextGaussian();
    }
    basis.orthogonalise(vector);
    basis.add(vector, OrthonormalBasis.norm(vector));
  }
}
