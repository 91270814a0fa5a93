package dev.terrain.curvature.trace;

import dev.terrain.curvature.forms.Deflation;
import dev.terrain.curvature.forms.ProbePlan;
import dev.terrain.curvature.forms.SampleMean;
import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.linear.RandomVectors;
import dev.terrain.curvature.operator.Eigenpair;
import dev.terrain.curvature.operator.LinearOperator;

/**
 * The diagonal of a self-adjoint operator A on R^d: the mean over Rademacher probes v of v ∘ (Av -
 * Σ θ_i q_i (q_i'v)), plus Σ θ_i q_i ∘ q_i of the deflated pairs (θ_i, q_i). The variance of entry
 * j is the sum of the squares of the other entries in row j of A - Σ θ_i q_i q_i'.
 *
 * <p>Probe i is keyed by (id, "diagonal probe", i), so a longer run extends a shorter one. It looks
 * at the error after every block and stops when the root mean square standard error is at most the
 * plan's share of the root mean square entry.
 *
 * <p>Memory: three vectors of length d and one block.
 *
 * <p>Bekas, Kokiopoulou and Saad: An estimator for the diagonal of a matrix, Appl. Numer. Math. 57,
 * 2007.
 */
public final class HutchinsonDiagonal {
  private static final String PURPOSE = "diagonal probe";

  private final ProbePlan plan;

  /**
   * @param plan at least {@value SampleMean#MIN_SAMPLES} products
   * @throws IllegalArgumentException if the plan allows fewer products
   */
  public HutchinsonDiagonal(ProbePlan plan) {
    plan.requireProducts(SampleMean.MIN_SAMPLES);
    this.plan = plan;
  }

  /**
   * Estimates the diagonal.
   *
   * @param id keys the probes
   */
  public DiagonalEstimate estimate(LinearOperator operator, Deflation deflation, String id) {
    int dimension = operator.dimension();
    double[] known = new double[dimension];
    for (Eigenpair pair : deflation.pairs()) {
      for (int j = 0; j < dimension; j++) {
        known[j] += pair.value() * pair.vector()[j] * pair.vector()[j];
      }
    }
    EntrywiseMean rest = new EntrywiseMean(dimension);
    int products = 0;
    while (true) {
      int count = Math.min(plan.blockSize(), plan.maxProducts() - products);
      double[][] block = RandomVectors.rademacher(id, PURPOSE, products, count, dimension);
      double[][] images = operator.apply(block);
      for (int i = 0; i < count; i++) {
        rest.add(sample(deflation, block[i], images[i]));
      }
      products += count;
      if (products >= SampleMean.MIN_SAMPLES) {
        DiagonalEstimate estimate = rest.estimate(known, products, plan);
        if (estimate.stop() == StopReason.ERROR_REACHED || products == plan.maxProducts()) {
          return estimate;
        }
      }
    }
  }

  private static double[] sample(Deflation deflation, double[] probe, double[] image) {
    double[] rest = image.clone();
    for (Eigenpair pair : deflation.pairs()) {
      double overlap = OrthonormalBasis.dot(pair.vector(), probe);
      OrthonormalBasis.addMultiple(rest, -pair.value() * overlap, pair.vector());
    }
    for (int j = 0; j < rest.length; j++) {
      rest[j] *= probe[j];
    }
    return rest;
  }
}
