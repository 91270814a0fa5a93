package dev.terrain.hessian;

import dev.terrain.v1.CurvatureSettings;
import java.util.List;

/**
 * The spectrum of a curvature matrix A on R^d in numbers, all of them from one set of products:
 * eigenvalues at both ends, tr A, ‖A‖_F, effective rank and spectral density.
 *
 * <p>One block Krylov space is grown from p Rademacher probes ({@link BlockLanczos}). It gives the
 * eigenpairs, the Gauss quadrature of each probe, and for each probe samples of trace and Frobenius
 * norm; converged outliers are taken out of these ({@link Deflation}), and further probes come only
 * if the trace is not accurate enough then ({@link DeflatedTrace}).
 *
 * <p>Values are in nats per squared unit of θ; the effective rank is a pure number, the negative
 * mass the share of eigenvalues below zero. Data errors are delete-one-batch jackknives of what the
 * same products say of the single batches: of the eigenvalues by {@link SampleErrors}, of trace,
 * norm and rank to first order in the batches, from the forms of the probes.
 *
 * @param upper largest eigenvalues, largest first; without probe error, for the start vectors only
 *     decide whether an eigenvalue is seen
 * @param lower smallest eigenvalues, smallest first
 * @param trace tr A
 * @param frobeniusNorm ‖A‖_F; the data make it too large on average, by an amount that is not
 *     estimated
 * @param effectiveRank (tr A)² / ‖A‖_F²
 * @param negativeMass share of eigenvalues below zero, its residual the farther end of its band
 * @param krylov the process behind it
 * @param density the spectral density
 * @param outliers eigenvalues that were taken out of trace and density
 * @param momentError {@link SpectralDensity#largestMomentError}
 * @param probes probes behind trace, norm and rank
 * @param products products with A in all
 */
public record CurvaturePanel(
    List<CurvatureEstimate> upper,
    List<CurvatureEstimate> lower,
    CurvatureEstimate trace,
    CurvatureEstimate frobeniusNorm,
    CurvatureEstimate effectiveRank,
    CurvatureEstimate negativeMass,
    BlockLanczosResult krylov,
    SpectralDensity density,
    int outliers,
    double momentError,
    int probes,
    long products)
    implements SampleMeasure {

  /** Probability of the bands of density and negative mass. */
  public static final double LEVEL = 0.95;

  /** Products that a measurement needs at least. */
  static int leastProducts(CurvatureSettings settings) {
    return settings.getBlockSize() + settings.getEigenvalues() + settings.getLowerEigenvalues();
  }

  /**
   * Measures the panel.
   *
   * @param settings what is wanted, how accurately, in what memory
   * @param maxProducts products to spend at most, at least block_size + eigenvalues +
   *     lower_eigenvalues
   * @param id keys the random streams "krylov probe", "krylov refill" and "trace probe"
   * @throws IllegalArgumentException if products or memory are too few for the wanted pairs
   * @throws ArithmeticException if a product is not finite
   */
  public static CurvaturePanel measure(
      SampledOperator operator, CurvatureSettings settings, int maxProducts, String id) {
    return new PanelMeasurement(operator, settings, maxProducts, id).panel();
  }

  @Override
  public boolean isLimitedBySample(int dimension, double relativeError) {
    return trace.converged()
        && upper.get(0).converged()
        && relativeDataError(dimension) > relativeError;
  }

  /**
   * The error that the sample gives the worse of top eigenvalue and trace, as a share of the value
   * (of the root mean square eigenvalue where the trace is smaller than that).
   */
  double relativeDataError(int dimension) {
    CurvatureEstimate top = upper.get(0);
    double scale = Math.max(Math.abs(trace.value()), frobeniusNorm.value() / Math.sqrt(dimension));
    return Math.max(top.relativeDataError(Math.abs(top.value())), trace.relativeDataError(scale));
  }
}
