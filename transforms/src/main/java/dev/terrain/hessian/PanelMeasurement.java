package dev.terrain.hessian;

import dev.terrain.random.CounterRandom;
import dev.terrain.v1.CurvatureSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Grows the Krylov space of a {@link CurvaturePanel} and reads the panel from it. */
final class PanelMeasurement {
  /** Steps before a pair is believed: on the first ones a Ritz value can rest on a lower one. */
  private static final int MIN_STEPS = 5;

  /** Probes whose spread is trusted to say when the trace is accurate enough. */
  private static final int MIN_PROBES = 8;

  private final SampledOperator operator;
  private final CurvatureSettings settings;
  private final String id;
  private final int maxProducts;
  private final double[][] start;
  private final BlockLanczosResult krylov;
  private long products;

  PanelMeasurement(
      SampledOperator operator, CurvatureSettings settings, int maxProducts, String id) {
    this.operator = operator;
    this.settings = settings;
    this.id = id;
    this.maxProducts = maxProducts;
    KrylovRoom room = KrylovRoom.of(settings, operator.dimension());
    start = RandomVectors.rademacher(id, "krylov probe", 0, room.blockSize(), operator.dimension());
    krylov = grow(room);
    products = krylov.products();
  }

  private BlockLanczosResult grow(KrylovRoom room) {
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
            Math.min(budget, MIN_STEPS * room.blockSize()),
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
            outliers.deflation());
    // A single probe sees one copy of a multiple eigenvalue, which looks like a simple one.
    List<ProbeSample> given = start.length > 1 || left == 0 ? outliers.samples() : List.of();
    FormRecorder recorder = new FormRecorder(operator);
    ProbePlan plan = new ProbePlan(settings.getRelativeError(), left, start.length);
    DeflatedTrace.Result traced =
        new DeflatedTrace(plan, MIN_PROBES).estimate(recorder, outliers.deflation(), given, id);
    products += traced.trace().products();
    List<double[]> forms = new ArrayList<>();
    for (int j = 0; j < given.size(); j++) {
      forms.add(krylov.startForms().get(j).forms());
    }
    forms.addAll(recorder.forms());
    SampleDataErrors errors =
        SampleDataErrors.of(
            outliers, forms, traced.samples(), krylov.startForms(), operator.batchSizes());

    ProbeEstimate norm = FrobeniusNorm.estimate(outliers.deflation(), traced.samples());
    return new CurvaturePanel(
        eigenvalues(krylov.upper(), true),
        eigenvalues(krylov.lower(), false),
        trace(traced.trace(), errors),
        probed(norm, errors.ofNorm(norm.value())),
        rank(EffectiveRank.estimate(outliers.deflation(), traced.samples()), traced, norm, errors),
        mass(density.massBelowZero(CurvaturePanel.LEVEL)),
        krylov,
        density,
        outliers.deflation().size(),
        density.largestMomentError(outliers.samples()),
        traced.samples().size(),
        products);
  }

  private List<CurvatureEstimate> eigenvalues(List<Eigenpair> pairs, boolean largest) {
    List<CurvatureEstimate> estimates = new ArrayList<>();
    for (int rank = 0; rank < pairs.size(); rank++) {
      SampleErrors errors = krylov.sampleErrors();
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
              jackknife.standardError(),
              jackknife.bias(),
              pair.residual(),
              reason));
    }
    return List.copyOf(estimates);
  }

  private CurvatureEstimate trace(TraceResult trace, SampleDataErrors errors) {
    boolean reached = trace.stop() != StopReason.BUDGET_SPENT;
    return estimate(
        trace.value(),
        trace.standardError(),
        errors.ofTrace(),
        reached ? null : shortfall(trace.standardError()));
  }

  private CurvatureEstimate probed(ProbeEstimate estimate, Double dataError) {
    Double error = estimate.standardError();
    boolean reached =
        error != null && error <= settings.getRelativeError() * Math.abs(estimate.value());
    return estimate(estimate.value(), error, dataError, reached ? null : shortfall(error));
  }

  private CurvatureEstimate rank(
      Optional<ProbeEstimate> rank,
      DeflatedTrace.Result traced,
      ProbeEstimate norm,
      SampleDataErrors errors) {
    if (rank.isEmpty()) {
      return estimate(null, null, null, "the matrix is zero to all probes");
    }
    double value = rank.get().value();
    return probed(rank.get(), errors.ofRank(value, traced.trace().value(), norm.value()));
  }

  private static CurvatureEstimate mass(SpectralShare share) {
    double farther = Math.max(share.upper() - share.value(), share.value() - share.lower());
    return new CurvatureEstimate(share.value(), null, null, null, farther, null);
  }

  private static CurvatureEstimate estimate(
      Double value, Double error, Double dataError, String reason) {
    return new CurvatureEstimate(value, error, dataError, null, null, reason);
  }

  private String shortfall(Double error) {
    return error == null
        ? "fewer than %d probes tell nothing of their error; %d products were spent"
            .formatted(SampleMean.MIN_SAMPLES, products)
        : "the standard error %.2g is above %.3g times the value after %d products"
            .formatted(error, settings.getRelativeError(), products);
  }
}
