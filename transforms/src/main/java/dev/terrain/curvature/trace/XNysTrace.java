package dev.terrain.curvature.trace;

import dev.terrain.curvature.forms.ProbePlan;
import dev.terrain.curvature.linear.GrowingQr;
import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.linear.RandomVectors;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.statistics.ExchangeableMean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * The trace of a <em>positive semi-definite</em> operator A on R^d, such as a generalized
 * Gauss–Newton or Fisher operator, by the exchangeable estimator XNysTrace: the mean over i of tr
 * Â_i + c_i ω_i'(A - Â_i)ω_i, where Â_i = Y(Ω'Y)⁻¹Y' is the Nyström approximation from all test
 * vectors Ω and images Y = AΩ but the i-th, and c_i = (d - k + 1)/‖ω_i off the span of the other
 * test vectors‖².
 *
 * <p>k test vectors cost k products, half of what {@link XTrace} needs; they are the same ones
 * (uniform on the sphere of radius √d, keyed by (id, "trace test vector", i)). Their number grows
 * by {@link TestVectorGrowth} until the standard error of the k leave-one-out values, which allows
 * for the vectors that they share ({@link ExchangeableMean}), is small enough for the plan.
 *
 * <p>A is shifted by νI, whose trace is taken off again, so that the Cholesky factor of Ω'Y exists
 * despite rounding: ν = ε ‖Y‖_F / √d with ε from 2⁻⁵² upwards in factors of 100, the first that
 * succeeds. With k = d the approximation is A itself and the value exact.
 *
 * <p>Memory: three vectors of length d for each test vector.
 *
 * <p>Epperly, Tropp and Webber: XTrace: making the most of every sample in stochastic trace
 * estimation, SIAM J. Matrix Anal. Appl. 45(1), 2024, section 2.
 */
public final class XNysTrace {
  /** A shift beyond single precision's rounding would hide that A has negative eigenvalues. */
  private static final double LARGEST_SHIFT = 1e-4;

  private final TestVectorGrowth growth;

  /**
   * @param plan at least 3 products
   * @throws IllegalArgumentException if the plan allows fewer products
   */
  public XNysTrace(ProbePlan plan) {
    this.growth = new TestVectorGrowth(plan, 1);
  }

  /**
   * Estimates the trace.
   *
   * @param id keys the test vectors
   * @throws ArithmeticException if A is not positive semi-definite on the span of the test vectors
   */
  public TraceResult estimate(LinearOperator operator, String id) {
    int dimension = operator.dimension();
    List<double[]> images = new ArrayList<>();
    return growth.run(
        dimension,
        size -> {
          while (images.size() < size) {
            int count = Math.min(growth.plan().blockSize(), size - images.size());
            double[][] block = testVectors(id, images.size(), count, dimension);
            Collections.addAll(images, operator.apply(block));
          }
          return estimate(id, dimension, images);
        },
        TraceResult::stop);
  }

  private TraceResult estimate(String id, int dimension, List<double[]> images) {
    int size = images.size();
    double norm = frobeniusNorm(images);
    if (norm == 0) {
      return new TraceResult(0, 0.0, size, size, ProbePlan.Stop.EXACT);
    }
    ExchangeableMean mean = leaveOneOut(testVectors(id, 0, size, dimension), images, norm);
    if (size == dimension) {
      // With all of R^d spanned nothing is left out but rounding.
      return new TraceResult(mean.value(), 0.0, size, size, ProbePlan.Stop.EXACT);
    }
    return growth.trace(mean, norm / Math.sqrt((double) size * dimension), size);
  }

  private static double[][] testVectors(String id, int first, int count, int dimension) {
    return RandomVectors.spherical(id, XTrace.PURPOSE, first, count, dimension);
  }

  private static double frobeniusNorm(List<double[]> images) {
    double squares = 0;
    for (double[] image : images) {
      squares += OrthonormalBasis.dot(image, image);
    }
    return Math.sqrt(squares);
  }

  private static ExchangeableMean leaveOneOut(
      double[][] omega, List<double[]> images, double norm) {
    int dimension = omega[0].length;
    RealMatrix gram = products(omega, List.of(omega));
    RealMatrix form = products(omega, images);
    form = form.add(form.transpose()).scalarMultiply(0.5);
    for (double relative = Math.ulp(1.0); relative <= LARGEST_SHIFT; relative *= 100) {
      double shift = relative * norm / Math.sqrt(dimension);
      Optional<RealMatrix> factor = lowerFactor(form.add(gram.scalarMultiply(shift)));
      if (factor.isPresent()) {
        RealMatrix triangle = shiftedTriangle(omega, images, shift);
        return leaveOneOut(dimension, gram, inverseOfLower(factor.get()), triangle, shift);
      }
    }
    throw new ArithmeticException(
        "the operator is not positive semi-definite: x'Ax < 0 for a vector x in the span of the "
            + omega.length
            + " test vectors");
  }

  /**
   * @param inverse C⁻¹ of the factor C of Ω'Y = CC', shifted
   * @param triangle R of Y = QR, shifted
   */
  private static ExchangeableMean leaveOneOut(
      int dimension, RealMatrix gram, RealMatrix inverse, RealMatrix triangle, double shift) {
    RealMatrix root = triangle.multiply(inverse.transpose());
    NystromRests rests =
        new NystromRests(
            dimension,
            root.getFrobeniusNorm(),
            inverse,
            root.multiply(inverse),
            inverseOfLower(lowerFactor(gram).orElseThrow()));
    double[] values = new double[gram.getRowDimension()];
    for (int i = 0; i < values.length; i++) {
      values[i] = rests.trace(i) - shift * dimension;
    }
    return ExchangeableMean.of(values, (i, j) -> rests.trace(i, j) - shift * dimension);
  }

  private static RealMatrix products(double[][] left, List<double[]> right) {
    RealMatrix products = MatrixUtils.createRealMatrix(left.length, right.size());
    for (int i = 0; i < left.length; i++) {
      for (int j = 0; j < right.size(); j++) {
        products.setEntry(i, j, OrthonormalBasis.dot(left[i], right.get(j)));
      }
    }
    return products;
  }

  private static RealMatrix shiftedTriangle(double[][] omega, List<double[]> images, double shift) {
    GrowingQr factors = new GrowingQr();
    for (int j = 0; j < omega.length; j++) {
      double[] shifted = images.get(j).clone();
      OrthonormalBasis.addMultiple(shifted, shift, omega[j]);
      factors.add(shifted, -1);
    }
    return factors.triangle();
  }

  /** The Cholesky factor; empty if the symmetric matrix is not positive definite. */
  private static Optional<RealMatrix> lowerFactor(RealMatrix symmetric) {
    try {
      return Optional.of(new CholeskyDecomposition(symmetric, Double.MAX_VALUE, 0).getL());
    } catch (MathIllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static RealMatrix inverseOfLower(RealMatrix lower) {
    int size = lower.getRowDimension();
    RealMatrix inverse = MatrixUtils.createRealMatrix(size, size);
    for (int j = 0; j < size; j++) {
      RealVector unit = new ArrayRealVector(size);
      unit.setEntry(j, 1);
      MatrixUtils.solveLowerTriangularSystem(lower, unit);
      inverse.setColumnVector(j, unit);
    }
    return inverse;
  }
}
