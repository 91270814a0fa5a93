package dev.terrain.curvature.panel;

import dev.terrain.curvature.density.SpectralDensity;
import dev.terrain.curvature.forms.MomentErrors;
import dev.terrain.curvature.forms.ProbeMoments;
import dev.terrain.curvature.forms.ProbePlan;
import dev.terrain.curvature.forms.SpaceDeflation;
import dev.terrain.curvature.krylov.BlockLanczos;
import dev.terrain.curvature.krylov.BlockLanczosResult;
import dev.terrain.curvature.krylov.BlockLanczosSettings;
import dev.terrain.curvature.krylov.EigenvalueErrors;
import dev.terrain.curvature.linear.RandomVectors;
import dev.terrain.curvature.operator.Eigenpair;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.random.CounterRandom;
import dev.terrain.statistics.CoverageFactor;
import dev.terrain.statistics.Jackknife;
import dev.terrain.statistics.SampleMean;
import dev.terrain.v1.CurvatureSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Grows the Krylov space of a {@link CurvaturePanel} and reads the panel from it. */
final class PanelMeasurement {
  private final LinearOperator operator;
  private final CurvatureSettings settings;
  private final String id;
  private final int maxProducts;
  private final double[][] start;
  private final BlockLanczosResult krylov;
  private final SpaceDeflation deflation;
  private long products;

  PanelMeasurement(
      LinearOperator operator, CurvatureSettings settings, int maxProducts, String id) {
    this.operator = operator;
    this.settings = settings;
    this.id = id;
    this.maxProducts = maxProducts;
    CurvatureRoom room = CurvatureRoom.of(settings, operator.dimension());
    start = RandomVectors.rademacher(id, "krylov probe", 0, room.blockSize(), operator.dimension());
    BlockLanczos.Outcome process = grow(room);
    krylov = process.result();
    deflation = process.deflation();
    products = krylov.products();
  }

  private BlockLanczos.Outcome grow(CurvatureRoom room) {
    int least = CurvaturePanel.leastProducts(settings);
    if (maxProducts < least) {
      throw new IllegalArgumentException(
          "max_products (" + maxProducts + ") must be at least " + least);
    }
    // Pairs that do not converge must not leave the trace without probes of its own.
    int budget = Math.max(least, maxProducts - maxProducts / 4);
    BlockLanczosSettings limits =
        new BlockLanczosSettings(
            settings.getEigenvalues(),
            settings.getLowerEigenvalues(),
            settings.getResidualTolerance(),
            Math.min(budget, settings.getMinSteps() * room.blockSize()),
            budget,
            room.maxBasis(),
            true);
    return new BlockLanczos(limits).run(operator, start, CounterRandom.of(id, "krylov refill", 0));
  }

  CurvaturePanel panel() {
    int left = (int) (maxProducts - krylov.products());
    Outliers outliers =
        start.length == 1 && left == 0 ? Outliers.none(krylov, start) : Outliers.of(krylov, start);
    SpectralDensity density =
        SpectralDensity.of(
            operator.dimension(),
            Math.max(1, krylov.quadratures().get(0).nodes().length / start.length),
            krylov.quadratures(),
            outliers.pairs());
    PanelProbes probes =
        new PanelProbes(new ProbePlan(settings.getRelativeError(), left, start.length), krylov);
    probes.grow(operator, deflation, id);
    products += probes.products();
    MomentErrors errors =
        new MomentErrors(probes.forms(), krylov.starts().forms(), operator.batchSizes());
    ProbeMoments.Estimate norm = probes.norm();
    return new CurvaturePanel(
        eigenvalues(krylov.upper(), true),
        eigenvalues(krylov.lower(), false),
        trace(probes, errors),
        probed(norm, errors.ofNorm(norm.value()), errors.biasOfNorm(norm.value())),
        rank(probes, norm, errors),
        mass(density.massBelowZero(CurvaturePanel.LEVEL)),
        krylov,
        density,
        outliers.pairs().size(),
        density.largestMomentError(outliers.samples()),
        probes.forms().size(),
        products);
  }

  private List<CurvatureEstimate> eigenvalues(List<Eigenpair> pairs, boolean largest) {
    List<CurvatureEstimate> estimates = new ArrayList<>();
    for (int rank = 0; rank < pairs.size(); rank++) {
      EigenvalueErrors errors = krylov.eigenvalueErrors();
      Jackknife jackknife = largest ? errors.ofLargest(rank) : errors.ofSmallest(rank);
      Eigenpair pair = pairs.get(rank);
      String reason =
          pair.converged()
              ? null
              : "the residual %.2g is above %.2g times the largest absolute eigenvalue after %d products"
                  .formatted(pair.residual(), settings.getResidualTolerance(), krylov.products());
      estimates.add(
          new CurvatureEstimate(
              pair.value(),
              null,
              ofData(jackknife.standardError()),
              jackknife.bias(),
              pair.residual(),
              reason));
    }
    return List.copyOf(estimates);
  }

  private CurvatureEstimate trace(PanelProbes probes, MomentErrors errors) {
    SampleMean trace = probes.trace();
    // The trace is linear in the data, so the sample does not bias it.
    Double bias = operator.batchSizes().length < 2 ? null : 0.0;
    return new CurvatureEstimate(
        trace.value(),
        trace.standardError(),
        ofData(errors.ofTrace()),
        bias,
        null,
        probes.traceReached(operator.dimension()) ? null : shortfall(trace.standardError()));
  }

  private CurvatureEstimate probed(
      ProbeMoments.Estimate estimate, @Nullable Double dataError, @Nullable Double dataBias) {
    Double error = estimate.standardError();
    boolean reached =
        error != null && error <= settings.getRelativeError() * Math.abs(estimate.value());
    return new CurvatureEstimate(
        estimate.value(),
        error,
        ofData(dataError),
        dataBias,
        null,
        reached ? null : shortfall(error));
  }

  private CurvatureEstimate rank(
      PanelProbes probes, ProbeMoments.Estimate norm, MomentErrors errors) {
    Optional<ProbeMoments.Estimate> rank = probes.rank();
    if (rank.isEmpty()) {
      return new CurvatureEstimate(
          null, null, null, null, null, "the matrix is zero to all probes");
    }
    double trace = probes.trace().value();
    return probed(
        rank.get(), errors.ofRank(trace, norm.value()), errors.biasOfRank(trace, norm.value()));
  }

  private CurvatureEstimate mass(SpectralDensity.Share share) {
    double farther = Math.max(share.upper() - share.value(), share.value() - share.lower());
    String reason =
        farther <= settings.getRelativeError()
            ? null
            : "of all eigenvalues between %.2g and %.2g are negative: the %.0f %% band reaches further than %.3g from the value"
                .formatted(
                    share.lower(),
                    share.upper(),
                    100 * CurvaturePanel.LEVEL,
                    settings.getRelativeError());
    return new CurvatureEstimate(
        share.value(), null, ofData(krylov.starts().negativeMassError()), null, farther, reason);
  }

  private @Nullable Double ofData(@Nullable Double jackknife) {
    return CoverageFactor.widened(jackknife, operator.batchSizes().length);
  }

  private String shortfall(@Nullable Double error) {
    return error == null
        ? "fewer than %d probes tell nothing of their error; %d products were spent"
            .formatted(SampleMean.MIN_SAMPLES, products)
        : "the standard error %.2g is above %.3g times the value after %d products"
            .formatted(error, settings.getRelativeError(), products);
  }
}
