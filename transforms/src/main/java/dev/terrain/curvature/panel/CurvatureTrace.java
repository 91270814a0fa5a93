package dev.terrain.curvature.panel;

import dev.terrain.curvature.forms.FormRecorder;
import dev.terrain.curvature.forms.MomentErrors;
import dev.terrain.curvature.forms.ProbeForms;
import dev.terrain.curvature.forms.ProbeMoments;
import dev.terrain.curvature.forms.ProbePlan;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.curvature.trace.BatchSketch;
import dev.terrain.curvature.trace.TestVectorRoom;
import dev.terrain.curvature.trace.TraceResult;
import dev.terrain.curvature.trace.XNysTrace;
import dev.terrain.curvature.trace.XTrace;
import dev.terrain.statistics.CoverageFactor;
import dev.terrain.statistics.PilotError;
import dev.terrain.statistics.SeparatedJackknife;
import dev.terrain.v1.CurvatureSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * tr A, ‖A‖_F and (tr A)² / ‖A‖_F² of a curvature matrix A on R^d of which no eigenpairs are
 * wanted: what is left of a {@link CurvaturePanel} then.
 *
 * <p>The trace is by {@link XNysTrace} where A is positive semi-definite by its definition, else by
 * {@link XTrace}. The products Aω with its test vectors also give ‖A‖_F² as the mean of ‖Aω‖²,
 * which is unbiased but not deflated, so that the norm is less accurate than the trace; nothing is
 * spent to better it, and where one eigenvalue rules, its error is 10 percent of the value or more
 * and two of it cover 90 percent only, as the samples are skewed. Where XTrace has spanned the
 * range of A by a basis Q, the norm is ‖AQ‖_F exactly.
 *
 * <p>Data errors are delete-one-batch jackknives to first order in the batches. By XTrace each
 * batch has its trace from the same bases as A ({@link BatchSketch}); by XNysTrace it is the mean
 * of ω'A_bω, whose noise is taken off ({@link SeparatedJackknife}), and norm and rank have no data
 * error.
 *
 * @param dimension d
 * @param trace tr A
 * @param frobeniusNorm ‖A‖_F; the data make it too large on average, by an amount that is not
 *     estimated
 * @param effectiveRank (tr A)² / ‖A‖_F²; its standard error is the sum of what those of trace and
 *     norm do to it, which no correlation of the two exceeds
 * @param products products with A
 */
public record CurvatureTrace(
    int dimension,
    CurvatureEstimate trace,
    CurvatureEstimate frobeniusNorm,
    CurvatureEstimate effectiveRank,
    long products)
    implements ImageGrowth.Measure<CurvatureTrace> {

  /**
   * Measures trace, norm and rank. If the operator knows a {@link LinearOperator#flaw} of its
   * products in the end, no value is converged.
   *
   * @param settings which matrix it is, how accurately it is to be measured, in what memory
   * @param maxProducts products to spend at most, at least 6
   * @param id keys the random stream "trace test vector"
   * @throws IllegalArgumentException if products or memory are too few for three test vectors
   * @throws ArithmeticException if a product is not finite
   */
  public static CurvatureTrace measure(
      LinearOperator operator, CurvatureSettings settings, int maxProducts, String id) {
    boolean definite = !settings.getOperator().equals("hessian");
    TestVectorRoom room =
        TestVectorRoom.of(settings, maxProducts, definite ? 1 : 2, operator.dimension());
    CurvatureTrace trace =
        definite
            ? ofDefinite(operator, settings, room, id)
            : ofIndefinite(operator, settings, room, id);
    return operator.flaw().map(trace::doubted).orElse(trace);
  }

  private CurvatureTrace doubted(String flaw) {
    return new CurvatureTrace(
        dimension,
        trace.withReason(flaw),
        frobeniusNorm.withReason(flaw),
        effectiveRank.withReason(flaw),
        products);
  }

  private static CurvatureTrace ofDefinite(
      LinearOperator operator, CurvatureSettings settings, TestVectorRoom room, String id) {
    FormRecorder tested = new FormRecorder(operator);
    TraceResult trace = new XNysTrace(room.plan()).estimate(tested, id);
    ProbeMoments.Estimate norm = norm(tested);
    MomentErrors errors = new MomentErrors(tested.forms(), List.of(), operator.batchSizes());
    return of(
        operator.dimension(),
        trace,
        norm,
        DataErrors.of(operator, errors.ofTrace(), null, null),
        new Shortfall(settings.getRelativeError(), room.limit(trace.products())));
  }

  private static CurvatureTrace ofIndefinite(
      LinearOperator operator, CurvatureSettings settings, TestVectorRoom room, String id) {
    BatchSketch batches = new BatchSketch(operator);
    FormRecorder tested = new FormRecorder(batches.tested());
    FormRecorder projected = new FormRecorder(batches.projected());
    XTrace.Outcome outcome = new XTrace(room.plan()).estimate(tested, projected, id);
    TraceResult trace = outcome.trace();
    ProbeMoments.Estimate norm =
        trace.stop() == ProbePlan.Stop.EXACT ? exactNorm(projected) : norm(tested);
    List<ProbeForms> forms =
        List.of(
            new ProbeForms(
                trace.value(),
                norm.value() * norm.value(),
                batches.traces(outcome.sketch()),
                batches.squares(outcome.sketch()),
                0));
    MomentErrors errors = new MomentErrors(forms, forms, operator.batchSizes());
    return of(
        operator.dimension(),
        trace,
        norm,
        DataErrors.of(
            operator,
            errors.ofTrace(),
            errors.ofNorm(norm.value()),
            norm.value() == 0 ? null : errors.ofRank(trace.value(), norm.value())),
        new Shortfall(settings.getRelativeError(), room.limit(trace.products())));
  }

  /** What the sample gives each value; null where it is not known. */
  private record DataErrors(
      @Nullable Double ofTrace, @Nullable Double ofNorm, @Nullable Double ofRank) {
    static DataErrors of(
        LinearOperator operator,
        @Nullable Double ofTrace,
        @Nullable Double ofNorm,
        @Nullable Double ofRank) {
      int batches = operator.batchSizes().length;
      return new DataErrors(
          CoverageFactor.widened(ofTrace, batches),
          CoverageFactor.widened(ofNorm, batches),
          CoverageFactor.widened(ofRank, batches));
    }
  }

  private static CurvatureTrace of(
      int dimension,
      TraceResult trace,
      ProbeMoments.Estimate norm,
      DataErrors errors,
      Shortfall shortfall) {
    boolean reached = trace.stop() != ProbePlan.Stop.BUDGET_SPENT;
    return new CurvatureTrace(
        dimension,
        new CurvatureEstimate(
            trace.value(),
            trace.standardError(),
            errors.ofTrace(),
            null,
            null,
            reached ? null : shortfall.reason(trace.standardError())),
        shortfall.estimate(norm.value(), norm.standardError(), errors.ofNorm()),
        rank(trace, norm, errors.ofRank(), shortfall),
        trace.products());
  }

  private static ProbeMoments.Estimate norm(FormRecorder tested) {
    ProbeMoments.Estimate plain = ProbeMoments.frobeniusNorm(tested.forms());
    int count = plain.probes();
    return new ProbeMoments.Estimate(
        plain.value(), new PilotError(count, count).of(plain.standardError()), count);
  }

  private static ProbeMoments.Estimate exactNorm(FormRecorder basis) {
    double squares = basis.forms().stream().mapToDouble(ProbeForms::squaredNorm).sum();
    return new ProbeMoments.Estimate(Math.sqrt(squares), 0.0, basis.forms().size());
  }

  private static CurvatureEstimate rank(
      TraceResult trace,
      ProbeMoments.Estimate norm,
      @Nullable Double dataError,
      Shortfall shortfall) {
    if (norm.value() == 0) {
      return new CurvatureEstimate(
          null, null, null, null, null, "the matrix is zero to all test vectors");
    }
    double ratio = trace.value() / norm.value();
    Double error = null;
    if (trace.standardError() != null && norm.standardError() != null) {
      double ofTrace = Math.abs(ratio) * trace.standardError() / norm.value();
      double ofNorm = ratio * ratio * norm.standardError() / norm.value();
      error = 2 * (ofTrace + ofNorm);
    }
    return shortfall.estimate(ratio * ratio, error, dataError);
  }

  /** Says which errors are above their share of the value when the products are spent. */
  private record Shortfall(double relativeError, String limit) {
    CurvatureEstimate estimate(double value, @Nullable Double error, @Nullable Double dataError) {
      boolean reached = error != null && error <= relativeError * Math.abs(value);
      return new CurvatureEstimate(
          value, error, dataError, null, null, reached ? null : reason(error));
    }

    String reason(@Nullable Double error) {
      return error == null
          ? "the test vectors tell nothing of its error; the trace took " + limit
          : "the standard error %.2g is above %.3g times the value after %s"
              .formatted(error, relativeError, limit);
    }
  }

  @Override
  public boolean isLimitedBy(ImageLimit limit) {
    return trace.converged() && limit.limits(this);
  }

  @Override
  public CurvatureTrace heldTo(ImageLimit limit) {
    return limit.applied(this);
  }
}
