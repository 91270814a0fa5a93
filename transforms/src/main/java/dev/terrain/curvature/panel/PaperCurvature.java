package dev.terrain.curvature.panel;

import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * The curvature of a self-adjoint operator A by the procedure of the study "Taxonomizing local
 * versus global structure in neural network loss landscapes" (arXiv 2107.11228), whose Hessian code
 * is a copy of PyHessian (Yao, Gholami, Keutzer and Mahoney 2020). It is offered so that published
 * numbers can be compared, as {@code variant: paper}; {@link CurvaturePanel} is what to measure
 * with.
 *
 * <p><strong>Both methods stop because the value stopped moving, not because an error is
 * small.</strong> The value can be far off when they do, and nothing in the result tells: there is
 * neither a residual nor a standard error.
 *
 * <ul>
 *   <li>Eigenvalues: power iteration v ← Av/‖Av‖ from a Gaussian start; it goes to the eigenvalue
 *       of the largest <em>modulus</em>, which for an indefinite operator need not be the largest
 *       eigenvalue. It stops when two Rayleigh quotients in a row, λ and then λ', have |λ' - λ|
 *       &lt; tolerance · (|λ| + 10⁻⁶), and returns the earlier of the two. Further ones by
 *       deflation: v is orthogonalised against the vectors found before each product.
 *   <li>Trace: the mean of v'Av over Rademacher probes; it stops when one more probe changes the
 *       mean from t (0 before the first) to t' with |t' - t| / (t + 10⁻⁶) &lt; tolerance and
 *       returns t'. The study's copy lacks the modulus of t in the denominator that PyHessian has,
 *       so that a negative mean stops it at the next probe.
 * </ul>
 *
 * <p>Start vector i is keyed by (id, "power iteration start", i), probe i by (id, "paper trace
 * probe", i).
 */
public final class PaperCurvature {
  private static final int MAX_ITERATIONS = 100;
  private static final double TOLERANCE = 1e-3;
  private static final double GUARD = 1e-6;

  /** Whose rule ends the trace. */
  private enum Denominator {
    SIGNED,
    MODULUS
  }

  private final Denominator denominator;

  private PaperCurvature(Denominator denominator) {
    this.denominator = denominator;
  }

  /** The study's settings: at most 100 iterations, tolerance 10⁻³, signed mean in the stop rule. */
  public static PaperCurvature ofStudy() {
    return new PaperCurvature(Denominator.SIGNED);
  }

  /** PyHessian's defaults: the same with the modulus of the mean in the stop rule. */
  public static PaperCurvature ofPyHessian() {
    return new PaperCurvature(Denominator.MODULUS);
  }

  /** How the procedure ended. */
  public enum Stop {
    /** Two values in a row were alike; this says nothing about the error of either. */
    VALUE_STOPPED_MOVING,

    /** 100 iterations were made. */
    ITERATIONS_SPENT
  }

  /**
   * What the procedure reports.
   *
   * @param value the eigenvalue of (as it assumes) largest modulus of what is left, or the trace
   * @param products products A v spent
   * @param stop how it ended
   */
  public record Estimate(double value, int products, Stop stop) {}

  /** The largest eigenvalue as the study measured it: the first of {@link #eigenvalues}. */
  public Estimate topEigenvalue(LinearOperator operator, String id) {
    return eigenvalues(operator, id, 1).get(0);
  }

  /**
   * The first eigenvalues by power iteration with deflation, in the order in which they are found.
   *
   * @param id keys the start vectors
   * @param count how many, from 1 to the dimension
   * @throws IllegalArgumentException if {@code count} is out of its range
   */
  public List<Estimate> eigenvalues(LinearOperator operator, String id, int count) {
    if (count < 1 || count > operator.dimension()) {
      throw new IllegalArgumentException(
          "count (" + count + ") must be from 1 to the dimension " + operator.dimension());
    }
    List<Estimate> estimates = new ArrayList<>();
    List<double[]> vectors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      CounterRandom random = CounterRandom.of(id, "power iteration start", i);
      double[] v = new double[operator.dimension()];
      for (int j = 0; j < v.length; j++) {
        v[j] = random.nextGaussian();
      }
      estimates.add(iterate(operator, v, vectors));
    }
    return estimates;
  }

  /** Adds the last iterate to {@code found}. */
  private static Estimate iterate(LinearOperator operator, double[] start, List<double[]> found) {
    double[] v = normalised(start);
    double value = 0;
    for (int products = 1; ; products++) {
      for (double[] vector : found) {
        OrthonormalBasis.addMultiple(v, -OrthonormalBasis.dot(vector, v), vector);
      }
      v = normalised(v);
      double[] image = operator.apply(v);
      double quotient = OrthonormalBasis.dot(v, image);
      v = normalised(image);
      boolean still =
          products > 1 && Math.abs(value - quotient) / (Math.abs(value) + GUARD) < TOLERANCE;
      if (!still) {
        value = quotient;
      }
      if (still || products == MAX_ITERATIONS) {
        found.add(v);
        return new Estimate(
            value, products, still ? Stop.VALUE_STOPPED_MOVING : Stop.ITERATIONS_SPENT);
      }
    }
  }

  /** The guard in the divisor leaves the vector a little short, as in the study. */
  private static double[] normalised(double[] vector) {
    double divisor = OrthonormalBasis.norm(vector) + GUARD;
    double[] result = new double[vector.length];
    for (int i = 0; i < vector.length; i++) {
      result[i] = vector[i] / divisor;
    }
    return result;
  }

  /**
   * The trace by Hutchinson's estimator.
   *
   * @param id keys the probes
   */
  public Estimate trace(LinearOperator operator, String id) {
    double sum = 0;
    double before = 0;
    for (int products = 1; ; products++) {
      double[] v =
          CounterRandom.of(id, "paper trace probe", products - 1L).rademacher(operator.dimension());
      sum += OrthonormalBasis.dot(v, operator.apply(v));
      double mean = sum / products;
      double size = denominator == Denominator.SIGNED ? before : Math.abs(before);
      boolean still = Math.abs(mean - before) / (size + GUARD) < TOLERANCE;
      if (still || products == MAX_ITERATIONS) {
        return new Estimate(
            mean, products, still ? Stop.VALUE_STOPPED_MOVING : Stop.ITERATIONS_SPENT);
      }
      before = mean;
    }
  }
}
