package dev.terrain.curvature.panel;

import dev.terrain.curvature.density.SpectralDensity;
import dev.terrain.curvature.forms.MomentErrors;
import dev.terrain.curvature.krylov.BlockLanczos;
import dev.terrain.curvature.krylov.BlockLanczosResult;
import dev.terrain.curvature.krylov.EigenvalueErrors;
import dev.terrain.curvature.operator.Eigenpair;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.v1.CurvatureSettings;
import java.util.List;

/**
 * The spectrum of a curvature matrix A on R^d in numbers, all of them from one set of products:
 * eigenvalues at both ends, tr A, ‖A‖_F, effective rank and spectral density.
 *
 * <p>One block Krylov space is grown from p Rademacher probes ({@link BlockLanczos}). It gives the
 * eigenpairs and the Gauss quadrature of each probe. Trace, Frobenius norm and rank come from
 * further probes out of which the whole space is taken ({@link PanelProbes}), so that few suffice.
 *
 * <p>Values are in nats per squared unit of θ; the effective rank is a pure number, the negative
 * mass the share of eigenvalues below zero. Data errors are delete-one-batch jackknives of what the
 * same products say of the single batches: of the eigenvalues by {@link EigenvalueErrors}, of
 * trace, norm and rank by {@link MomentErrors}, of the negative mass by {@code NegativeMassError}.
 *
 * @param upper largest eigenvalues, largest first; without probe error, for the start vectors only
 *     decide whether an eigenvalue is seen
 * @param lower smallest eigenvalues, smallest first
 * @param trace tr A
 * @param frobeniusNorm ‖A‖_F; the noise of the data makes it too large on average, which is its
 *     data bias
 * @param effectiveRank (tr A)² / ‖A‖_F²
 * @param negativeMass share of eigenvalues below zero, its residual the farther end of its band;
 *     not converged where that is above {@code relative_error}, a share of all eigenvalues: the
 *     many small ones of a network, whose sign few steps do not see, make it so as a rule
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
    implements ImageGrowth.Measure<CurvaturePanel> {

  /** Probability of the bands of density and negative mass. */
  public static final double LEVEL = 0.95;

  /** The pairs of the largest eigenvalues, largest first. */
  public List<Eigenpair> largestPairs() {
    return krylov.upper();
  }

  /** The wanted pairs of both ends, each once, in ascending order of their values. */
  public List<Eigenpair> pairs() {
    return krylov.pairs();
  }

  /** What the Krylov process says of the whole spectrum. */
  public RitzProfile ritzProfile() {
    return RitzProfile.of(krylov);
  }

  /** The spectral density as curves. */
  public DensityProfile densityProfile() {
    return DensityProfile.of(density);
  }

  /** Products that a measurement needs at least. */
  static int leastProducts(CurvatureSettings settings) {
    return settings.getBlockSize() + settings.getEigenvalues() + settings.getLowerEigenvalues();
  }

  /**
   * Measures the panel. If the operator knows a {@link LinearOperator#flaw} of its products in the
   * end, no value is converged.
   *
   * @param settings what is wanted, how accurately, in what memory
   * @param maxProducts products to spend at most, at least block_size + eigenvalues +
   *     lower_eigenvalues
   * @param id keys the random streams "krylov probe", "krylov refill" and "trace probe"
   * @throws IllegalArgumentException if products or memory are too few for the wanted pairs
   * @throws ArithmeticException if a product is not finite
   */
  public static CurvaturePanel measure(
      LinearOperator operator, CurvatureSettings settings, int maxProducts, String id) {
    CurvaturePanel panel = new PanelMeasurement(operator, settings, maxProducts, id).panel();
    return operator.flaw().map(panel::doubted).orElse(panel);
  }

  private CurvaturePanel doubted(String flaw) {
    return new CurvaturePanel(
        upper.stream().map(estimate -> estimate.withReason(flaw)).toList(),
        lower.stream().map(estimate -> estimate.withReason(flaw)).toList(),
        trace.withReason(flaw),
        frobeniusNorm.withReason(flaw),
        effectiveRank.withReason(flaw),
        negativeMass.withReason(flaw),
        krylov.doubted(),
        density,
        outliers,
        momentError,
        probes,
        products);
  }

  @Override
  public boolean isLimitedBy(ImageLimit limit) {
    return trace.converged() && upper.get(0).converged() && limit.limits(this);
  }

  @Override
  public CurvaturePanel heldTo(ImageLimit limit) {
    return limit.applied(this);
  }
}
