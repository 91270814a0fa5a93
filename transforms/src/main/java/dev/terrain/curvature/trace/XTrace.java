package dev.terrain.curvature.trace;

import dev.terrain.curvature.forms.ProbePlan;
import dev.terrain.curvature.linear.Compression;
import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.linear.RandomVectors;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.statistics.ExchangeableMean;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * The trace of a self-adjoint operator A on R^d by the exchangeable estimator XTrace: the mean over
 * i of tr(Q_i'AQ_i) + c_i ω_i'(I - Q_iQ_i')A(I - Q_iQ_i')ω_i, where Q_i is an orthonormal basis of
 * the images Aω_j of all test vectors but ω_i, and c_i = (d - k + 1)/‖(I - Q_iQ_i')ω_i‖² makes the
 * rest of ω_i a vector on the sphere of its subspace.
 *
 * <p>k test vectors, uniform on the sphere of radius √d, cost 2k products. The i-th is keyed by
 * (id, "trace test vector", i), so a longer run extends a shorter one. Their number grows by {@link
 * TestVectorGrowth} until the standard error of the k leave-one-out values, which allows for the
 * vectors that they share ({@link ExchangeableMean}), is small enough for the plan.
 *
 * <p>If the images are linearly dependent to 12 digits they span the range of A, and tr(Q'AQ) is
 * returned as exact. On a flat spectrum it is no better than Hutchinson's estimator; on a decaying
 * one its error falls like that of the best approximation of rank k.
 *
 * <p>Memory: two vectors of length d for each test vector and one block.
 *
 * <p>Epperly, Tropp and Webber: XTrace: making the most of every sample in stochastic trace
 * estimation, SIAM J. Matrix Anal. Appl. 45(1), 2024, section 2, with its normalisation of the
 * rest.
 */
public final class XTrace {
  static final String PURPOSE = "trace test vector";
  private static final int PRODUCTS_PER_VECTOR = 2;

  private final TestVectorGrowth growth;

  /**
   * @param plan at least 6 products, for three test vectors; an odd one is left unspent
   * @throws IllegalArgumentException if the plan allows fewer products
   */
  public XTrace(ProbePlan plan) {
    this.growth = new TestVectorGrowth(plan, PRODUCTS_PER_VECTOR);
  }

  /**
   * Estimates the trace.
   *
   * @param id keys the test vectors
   */
  public TraceResult estimate(LinearOperator operator, String id) {
    return estimate(operator, operator, id).trace();
  }

  /**
   * An estimate with what it was made from.
   *
   * @param sketch test vectors, Q and R
   */
  public record Outcome(TraceResult trace, RangeSketch sketch) {}

  /**
   * The same with two views of A, so that each may note what its vectors tell.
   *
   * @param tested multiplies the test vectors
   * @param operator multiplies the vectors of Q
   */
  public Outcome estimate(LinearOperator tested, LinearOperator operator, String id) {
    int dimension = operator.dimension();
    int blockSize = growth.plan().blockSize();
    RangeSketch sketch =
        new RangeSketch(
            tested,
            blockSize,
            (first, count) -> RandomVectors.spherical(id, PURPOSE, first, count, dimension));
    Compression compression = new Compression();
    TraceResult trace =
        growth.run(
            dimension,
            size -> {
              sketch.grow(size);
              compression.extend(operator, sketch.basis(), blockSize);
              return estimate(sketch, compression);
            },
            TraceResult::stop);
    return new Outcome(trace, sketch);
  }

  private TraceResult estimate(RangeSketch sketch, Compression compression) {
    int products = sketch.products() + sketch.size();
    return sketch.spansRange()
        ? new TraceResult(compression.trace(), 0.0, sketch.size(), products, ProbePlan.Stop.EXACT)
        : growth.trace(
            leaveOneOut(sketch, compression.matrix()), sketch.rootMeanSquareEigenvalue(), products);
  }

  private static ExchangeableMean leaveOneOut(RangeSketch sketch, RealMatrix form) {
    RealMatrix triangle = sketch.triangle();
    List<LeftOut> all = LeftOut.of(sketch);
    double[] values = new double[all.size()];
    for (int i = 0; i < values.length; i++) {
      LeftOut left = all.get(i);
      RealVector r = triangle.getColumnVector(i);
      double alongDirection = left.along() * left.direction().dotProduct(r);
      values[i] = left.trace(form, alongDirection - r.dotProduct(left.spanned()));
    }
    return ExchangeableMean.of(values, new LeftOut.Pairs(sketch, all, form)::trace);
  }

  /** Q'AQ, which grows with Q. */
  private static final class Compression {
    private final List<double[]> columns = new ArrayList<>();

    void extend(LinearOperator operator, List<double[]> basis, int blockSize) {
      while (columns.size() < basis.size()) {
        int first = columns.size();
        int last = Math.min(first + blockSize, basis.size());
        double[][] images = operator.apply(basis.subList(first, last).toArray(double[][]::new));
        for (int j = first; j < last; j++) {
          double[] column = new double[j + 1];
          for (int i = 0; i <= j; i++) {
            column[i] = OrthonormalBasis.dot(basis.get(i), images[j - first]);
          }
          columns.add(column);
        }
      }
    }

    double trace() {
      return columns.stream().mapToDouble(column -> column[column.length - 1]).sum();
    }

    RealMatrix matrix() {
      RealMatrix matrix = MatrixUtils.createRealMatrix(columns.size(), columns.size());
      for (int j = 0; j < columns.size(); j++) {
        for (int i = 0; i <= j; i++) {
          matrix.setEntry(i, j, columns.get(j)[i]);
          matrix.setEntry(j, i, columns.get(j)[i]);
        }
      }
      return matrix;
    }
  }
}
