package dev.terrain.curvature.forms;

import dev.terrain.curvature.linear.OrthonormalBasis;
import dev.terrain.curvature.operator.Eigenpair;
import java.util.List;

/**
 * Outlying eigenpairs (θ_i, q_i), i = 1 … k, of a self-adjoint operator A on R^d whose share of
 * random samples is known exactly and is replaced by its expectation.
 *
 * <p>For a random v with E vv' = I that is independent of the q_i, and θ_i = q_i'Aq_i,
 *
 * <pre>
 *   v'Av  - Σ θ_i  ((q_i'v)² - 1)   has expectation tr A,
 *   ‖Av‖² - Σ θ_i² ((q_i'v)² - 1)   has expectation tr A² = ‖A‖_F²,
 * </pre>
 *
 * <p>whatever the accuracy of the pairs, which only decides how much of the variance goes. With P =
 * I - QQ' and residuals e_i = Aq_i - θ_i q_i that are orthogonal to Q, the first is Σ θ_i + v'PAPv
 * + 2 Σ (q_i'v)(e_i'v), and so deflated Hutchinson up to the {@link #formErrorBound}. The last sum
 * is exactly 0 for a v from which the Krylov space of the q_i was grown, since its Ritz pairs'
 * residuals are orthogonal to all of that space. Such a v must be used with converged pairs only:
 * these are the operator's, while others still depend on v and bias its sample.
 *
 * <p>Memory: the k vectors given.
 *
 * <p>Lin: Randomized estimation of spectral densities of large matrices made accurate, Numer. Math.
 * 136, 2017; Gambhir, Stathopoulos and Orginos: Deflation as a method of variance reduction for
 * estimating the trace of a matrix inverse, SIAM J. Sci. Comput. 39(2), 2017.
 */
public final class Deflation {
  private static final double ORTHONORMAL = 1e-6;

  private final List<Eigenpair> pairs;

  private Deflation(List<Eigenpair> pairs) {
    this.pairs = pairs;
  }

  /** Deflates nothing: the plain estimators. */
  public static Deflation none() {
    return new Deflation(List.of());
  }

  /**
   * Deflates the converged ones of the given pairs; the others are left out.
   *
   * @throws IllegalArgumentException if their vectors are not orthonormal to 6 digits
   */
  public static Deflation of(List<Eigenpair> pairs) {
    List<Eigenpair> converged = pairs.stream().filter(Eigenpair::converged).toList();
    for (int i = 0; i < converged.size(); i++) {
      for (int j = 0; j <= i; j++) {
        double dot = OrthonormalBasis.dot(converged.get(i).vector(), converged.get(j).vector());
        if (!(Math.abs(dot - (i == j ? 1 : 0)) <= ORTHONORMAL)) {
          throw new IllegalArgumentException(
              "inner product of converged eigenvectors "
                  + j
                  + " and "
                  + i
                  + " is "
                  + dot
                  + "; they must be orthonormal");
        }
      }
    }
    return new Deflation(converged);
  }

  /** The number k of outliers. */
  public int size() {
    return pairs.size();
  }

  /** The pairs that are deflated. */
  public List<Eigenpair> pairs() {
    return pairs;
  }

  /**
   * What a probe tells.
   *
   * @param probe v, with E vv' = I
   * @param product Av
   */
  public ProbeSample sample(double[] probe, double[] product) {
    return sample(
        probe, OrthonormalBasis.dot(probe, product), OrthonormalBasis.dot(product, product));
  }

  /**
   * What a probe tells whose product was paid for before.
   *
   * @param probe v, with E vv' = I
   * @param form v'Av
   * @param squaredNorm ‖Av‖²
   */
  public ProbeSample sample(double[] probe, double form, double squaredNorm) {
    double[] squaredOverlaps = new double[pairs.size()];
    for (int i = 0; i < squaredOverlaps.length; i++) {
      double overlap = OrthonormalBasis.dot(pairs.get(i).vector(), probe);
      squaredOverlaps[i] = overlap * overlap;
    }
    return new ProbeSample(form, squaredNorm, squaredOverlaps);
  }

  /** The deflated sample of tr A. */
  public double trace(ProbeSample sample) {
    double value = sample.form();
    for (int i = 0; i < pairs.size(); i++) {
      value -= pairs.get(i).value() * (sample.squaredOverlaps()[i] - 1);
    }
    return value;
  }

  /** The deflated sample of ‖A‖_F². */
  double squaredFrobeniusNorm(ProbeSample sample) {
    double value = sample.squaredNorm();
    for (int i = 0; i < pairs.size(); i++) {
      double theta = pairs.get(i).value();
      value -= theta * theta * (sample.squaredOverlaps()[i] - 1);
    }
    return value;
  }

  /**
   * 2 √d Σ r_i |q_i'v| ≥ 2 |Σ (q_i'v)(e_i'v)|, r_i the residual norms: how far the deflated sample
   * of tr A can be from Σ θ_i + v'PAPv, for ‖v‖² = d.
   */
  public double formErrorBound(ProbeSample sample) {
    double bound = 0;
    for (int i = 0; i < pairs.size(); i++) {
      Eigenpair pair = pairs.get(i);
      double norm = Math.sqrt(pair.vector().length);
      bound += 2 * norm * pair.residual() * Math.sqrt(sample.squaredOverlaps()[i]);
    }
    return bound;
  }
}
