package dev.terrain.hessian;

import dev.terrain.random.CounterRandom;
import dev.terrain.surface.LossSurface;
import dev.terrain.surface.Weights;
import dev.terrain.v1.CurvatureSettings;

/**
 * Measures the curvature of a loss surface at given weights: the largest algebraic eigenvalue of
 * the Hessian H = ∇²L(θ) by {@link Lanczos}, its trace by {@link HutchinsonTrace}, mean loss
 * without weight decay, batch norm in eval mode.
 *
 * <p>Both values carry the error that comes from the sample of images, from the quadratic forms of
 * the single batches: for the eigenvalue to first order in the perturbation of H, var(λ) from the
 * u'H_b u of the unit eigenvector u. The largest eigenvalue of a sample's Hessian is moreover
 * biased upwards, the more so the smaller the sample; that bias is not part of the error.
 */
public final class Curvature {
  // A pair is not trusted on the first few steps, where a Ritz value can rest on a lower
  // eigenvalue.
  private static final int MIN_LANCZOS_STEPS = 5;

  private Curvature() {}

  /**
   * Measures eigenvalue and trace.
   *
   * @param id keys the random streams "lanczos start" and "trace probe"
   * @throws ArithmeticException if a Hessian-vector product is not finite
   */
  public static CurvatureMeasures measure(
      LossSurface surface, Weights weights, CurvatureSettings settings, String id) {
    LanczosResult lanczos = runLanczos(surface, weights, settings, id);
    return new CurvatureMeasures(
        topEigenvalue(surface, weights, lanczos, settings.getResidualTolerance()),
        trace(surface, weights, settings, id),
        lanczos);
  }

  private static LanczosResult runLanczos(
      LossSurface surface, Weights weights, CurvatureSettings settings, String id) {
    int maxSteps = settings.getMaxLanczosSteps();
    Lanczos lanczos =
        new Lanczos(
            settings.getResidualTolerance(), Math.min(MIN_LANCZOS_STEPS, maxSteps), maxSteps);
    return lanczos.largest(
        new HessianOperator(surface, weights, product -> {}),
        CounterRandom.of(id, "lanczos start", 0));
  }

  private static CurvatureEstimate topEigenvalue(
      LossSurface surface, Weights weights, LanczosResult lanczos, double tolerance) {
    BatchForms forms = new BatchForms();
    double[] vector = lanczos.topVector();
    double[] residual = new HessianOperator(surface, weights, forms::add).apply(vector);
    double value = lanczos.topEigenvalue();
    for (int i = 0; i < residual.length; i++) {
      residual[i] -= value * vector[i];
    }
    double residualNorm = OrthonormalBasis.norm(residual);
    double magnitude = Math.max(Math.abs(lanczos.ritzValues()[0]), Math.abs(value));
    // With an inexact product the recurrence's residual can be smaller than the true one.
    boolean converged = lanczos.converged() && residualNorm <= tolerance * magnitude;
    return new CurvatureEstimate(
        value, null, forms.dataStandardError(), residualNorm, lanczos.steps() + 1L, converged);
  }

  private static CurvatureEstimate trace(
      LossSurface surface, Weights weights, CurvatureSettings settings, String id) {
    BatchForms forms = new BatchForms();
    TraceEstimate trace =
        new HutchinsonTrace(
                settings.getTraceRelativeError(), settings.getMinProbes(), settings.getMaxProbes())
            .estimate(new HessianOperator(surface, weights, forms::add), id);
    return new CurvatureEstimate(
        trace.value(),
        trace.standardError(),
        forms.dataStandardError(),
        null,
        trace.probes(),
        trace.converged());
  }
}
