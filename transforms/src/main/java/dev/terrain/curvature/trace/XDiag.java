package dev.terrain.curvature.trace;

import dev.terrain.curvature.forms.ProbePlan;
import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.linear.RandomVectors;
import dev.terrain.curvature.operator.LinearOperator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * The diagonal of a self-adjoint operator A on R^d by the exchangeable estimator XDiag: the mean
 * over i of diag(Q_iQ_i'A) + ω_i ∘ (I - Q_iQ_i')Aω_i, where Q_i is an orthonormal basis of the
 * images Aω_j of all Rademacher test vectors but ω_i.
 *
 * <p>k test vectors cost 2k products. The i-th is keyed by (id, "diagonal test vector", i), so a
 * longer run extends a shorter one. Their number grows by {@link TestVectorGrowth} until the root
 * mean square standard error of the k leave-one-out values is at most the plan's share of the root
 * mean square entry. If the images span the range of A, diag(QQ'A) is returned as exact.
 *
 * <p>Memory: three vectors of length d for each test vector.
 *
 * <p>Epperly, Tropp and Webber: XTrace: making the most of every sample in stochastic trace
 * estimation, SIAM J. Matrix Anal. Appl. 45(1), 2024, section on diagonal estimation.
 */
public final class XDiag {
  private static final String PURPOSE = "diagonal test vector";
  private static final int PRODUCTS_PER_VECTOR = 2;

  private final TestVectorGrowth growth;

  /**
   * @param plan at least 6 products, for three test vectors; an odd one is left unspent
   * @throws IllegalArgumentException if the plan allows fewer products
   */
  public XDiag(ProbePlan plan) {
    this.growth = new TestVectorGrowth(plan, PRODUCTS_PER_VECTOR);
  }

  /**
   * Estimates the diagonal.
   *
   * @param id keys the test vectors
   */
  public DiagonalEstimate estimate(LinearOperator operator, String id) {
    int dimension = operator.dimension();
    ProbePlan plan = growth.plan();
    RangeSketch sketch =
        new RangeSketch(
            operator,
            plan.blockSize(),
            (first, count) -> RandomVectors.rademacher(id, PURPOSE, first, count, dimension));
    List<double[]> images = new ArrayList<>();
    return growth.run(
        dimension,
        size -> {
          sketch.grow(size);
          while (images.size() < sketch.size()) {
            int last = Math.min(images.size() + plan.blockSize(), sketch.size());
            double[][] block = sketch.basis().subList(images.size(), last).toArray(double[][]::new);
            Collections.addAll(images, operator.apply(block));
          }
          int products = sketch.products() + sketch.size();
          double[] projected = projectedDiagonal(dimension, sketch.basis(), images);
          return sketch.spansRange()
              ? new DiagonalEstimate(projected, 0, 0, sketch.size(), products, ProbePlan.Stop.EXACT)
              : leaveOneOut(dimension, sketch, images).estimate(projected, products, plan);
        },
        DiagonalEstimate::stop);
  }

  /** diag(QQ'A). */
  private static double[] projectedDiagonal(
      int dimension, List<double[]> basis, List<double[]> images) {
    double[] diagonal = new double[dimension];
    for (int i = 0; i < basis.size(); i++) {
      for (int j = 0; j < dimension; j++) {
        diagonal[j] += basis.get(i)[j] * images.get(i)[j];
      }
    }
    return diagonal;
  }

  /** What each left-out test vector changes in diag(QQ'A). */
  private static DiagonalEstimate.EntrywiseMean leaveOneOut(
      int dimension, RangeSketch sketch, List<double[]> images) {
    RealMatrix directions = sketch.leaveOneOutDirections();
    RealMatrix triangle = sketch.triangle();
    DiagonalEstimate.EntrywiseMean mean = new DiagonalEstimate.EntrywiseMean(dimension);
    for (int i = 0; i < sketch.size(); i++) {
      RealVector s = directions.getColumnVector(i);
      double[] direction = combine(sketch.basis(), s, dimension);
      double[] image = combine(images, s, dimension);
      double length = s.dotProduct(triangle.getColumnVector(i));
      double[] change = new double[dimension];
      for (int j = 0; j < dimension; j++) {
        change[j] = direction[j] * (length * sketch.testVector(i)[j] - image[j]);
      }
      mean.add(change);
    }
    return mean;
  }

  private static double[] combine(List<double[]> vectors, RealVector coefficients, int dimension) {
    double[] sum = new double[dimension];
    for (int i = 0; i < vectors.size(); i++) {
      OrthonormalBasis.addMultiple(sum, coefficients.getEntry(i), vectors.get(i));
    }
    return sum;
  }
}
