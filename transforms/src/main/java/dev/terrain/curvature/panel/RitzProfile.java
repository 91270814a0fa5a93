package dev.terrain.curvature.panel;

import dev.terrain.curvature.krylov.BlockLanczosResult;
import dev.terrain.curvature.linear.Quadrature;
import dev.terrain.curvature.operator.Eigenpair;
import java.util.List;

/**
 * What the Krylov process behind a {@link CurvaturePanel} says of the whole spectrum.
 *
 * @param values Ritz values of its final space, ascending
 * @param residuals ‖Au - θu‖ of each of them, from the recurrence
 * @param weights of each of them in the mean of the probes' quadratures; empty if the process was
 *     restarted, as its final space has none then
 * @param quadratures nodes and weights of each start probe's Gauss quadrature
 * @param products products with A
 * @param upperConverged how many of the wanted largest eigenvalues are within the tolerance
 * @param lowerConverged how many of the wanted smallest ones are
 */
@SuppressWarnings("ArrayRecordComponent")
public record RitzProfile(
    double[] values,
    double[] residuals,
    double[] weights,
    List<ProbeQuadrature> quadratures,
    long products,
    int upperConverged,
    int lowerConverged) {
  /**
   * The Gauss quadrature of one probe.
   *
   * @param nodes θ_i
   * @param weights w_i, which sum to 1
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record ProbeQuadrature(double[] nodes, double[] weights) {}

  static RitzProfile of(BlockLanczosResult krylov) {
    List<Quadrature> quadratures = krylov.quadratures();
    return new RitzProfile(
        krylov.ritzValues(),
        krylov.residuals(),
        krylov.restarts() == 0 ? meanWeights(quadratures) : new double[0],
        quadratures.stream().map(q -> new ProbeQuadrature(q.nodes(), q.weights())).toList(),
        krylov.products(),
        converged(krylov.upper()),
        converged(krylov.lower()));
  }

  private static double[] meanWeights(List<Quadrature> quadratures) {
    double[] mean = new double[quadratures.get(0).weights().length];
    for (Quadrature quadrature : quadratures) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += quadrature.weights()[i] / quadratures.size();
      }
    }
    return mean;
  }

  private static int converged(List<Eigenpair> pairs) {
    return (int) pairs.stream().filter(Eigenpair::converged).count();
  }
}
