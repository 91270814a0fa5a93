package dev.terrain.curvature.panel;

import dev.terrain.curvature.sharpness.ScalarMeasure;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether a sample of n of the N training images is large enough for an accuracy.
 *
 * <p>A value's data error and bias speak of the distance to what images without end would give. The
 * curvature asked for is that of the training loss, and of its N images the sample has n, drawn
 * without replacement: the standard error towards these is smaller by the factor √(1 - n/N), the
 * bias by 1 - n/N, and both are 0 when all of them are used. What is reported stays the error
 * towards images without end.
 *
 * <p>An estimate whose error towards the training images is above the accuracy is not converged,
 * with a reason that names both, whatever kept the sample from growing: max_examples, max_products,
 * or that top eigenvalue and trace, for which that of a panel grows, were accurate enough. It keeps
 * its value, and cells count it, as they do any value with that status.
 *
 * @param relativeError the accuracy, as a share of the value; of the root mean square eigenvalue
 *     for a trace below it, of the largest absolute eigenvalue for those of the lower end, which
 *     may be 0, and of all eigenvalues for the negative mass
 * @param examples n
 * @param available N, at least n
 */
public record ImageLimit(double relativeError, int examples, int available) {

  /** Whether the sample is too small for top eigenvalue or trace. */
  boolean limits(CurvaturePanel panel) {
    return shortfall(panel.upper().get(0), valueOf(panel.upper().get(0))) != null
        || shortfall(panel.trace(), traceScale(panel)) != null;
  }

  /** Whether the sample is too small for the trace. */
  boolean limits(CurvatureTrace trace) {
    return shortfall(trace.trace(), traceScale(trace)) != null;
  }

  /** Whether the sample is too small for a measure at a point. */
  public boolean limits(ScalarMeasure measure) {
    return shortfall(measure) != null;
  }

  /** The same measure, which says too little if the sample is too small for it. */
  public ScalarMeasure applied(ScalarMeasure measure) {
    String shortfall = shortfall(measure);
    return shortfall == null ? measure : measure.withReason(shortfall);
  }

  /** The same values, not converged where the sample is too small for them. */
  CurvatureTrace applied(CurvatureTrace trace) {
    return new CurvatureTrace(
        trace.dimension(),
        checked(trace.trace(), traceScale(trace)),
        checked(trace.frobeniusNorm(), valueOf(trace.frobeniusNorm())),
        checked(trace.effectiveRank(), valueOf(trace.effectiveRank())),
        trace.products());
  }

  /** The panel, its estimates not converged where the sample is too small for them. */
  CurvaturePanel applied(CurvaturePanel panel) {
    double magnitude = panel.krylov().magnitude();
    return new CurvaturePanel(
        each(panel.upper(), null),
        each(panel.lower(), magnitude),
        checked(panel.trace(), traceScale(panel)),
        checked(panel.frobeniusNorm(), valueOf(panel.frobeniusNorm())),
        checked(panel.effectiveRank(), valueOf(panel.effectiveRank())),
        checked(panel.negativeMass(), 1),
        panel.krylov(),
        panel.density(),
        panel.outliers(),
        panel.momentError(),
        panel.probes(),
        panel.products());
  }

  private List<CurvatureEstimate> each(List<CurvatureEstimate> estimates, @Nullable Double scale) {
    return estimates.stream()
        .map(estimate -> checked(estimate, scale == null ? valueOf(estimate) : scale))
        .toList();
  }

  private static double valueOf(CurvatureEstimate estimate) {
    return estimate.value() == null ? 0 : Math.abs(estimate.value());
  }

  private static double traceScale(CurvaturePanel panel) {
    return traceScale(panel.trace(), panel.frobeniusNorm(), panel.density().dimension());
  }

  private static double traceScale(CurvatureTrace trace) {
    return traceScale(trace.trace(), trace.frobeniusNorm(), trace.dimension());
  }

  private static double traceScale(CurvatureEstimate trace, CurvatureEstimate norm, int dimension) {
    return Math.max(valueOf(trace), Objects.requireNonNull(norm.value()) / Math.sqrt(dimension));
  }

  private CurvatureEstimate checked(CurvatureEstimate estimate, double scale) {
    String shortfall = shortfall(estimate, scale);
    return shortfall == null ? estimate : estimate.withReason(shortfall);
  }

  private @Nullable String shortfall(ScalarMeasure measure) {
    return measure.value() == null
        ? null
        : shortfall(measure.dataStandardError(), measure.dataBias(), Math.abs(measure.value()));
  }

  private @Nullable String shortfall(CurvatureEstimate estimate, double scale) {
    return shortfall(estimate.dataStandardError(), estimate.dataBias(), scale);
  }

  private @Nullable String shortfall(
      @Nullable Double standardError, @Nullable Double dataBias, double scale) {
    double unseen = 1 - examples / (double) available;
    double error = standardError == null ? 0 : standardError;
    double bias = dataBias == null ? 0 : Math.abs(dataBias);
    double larger = Math.max(Math.sqrt(unseen) * error, unseen * bias);
    return larger <= relativeError * scale
        ? null
        : "the data error %.2g is above %.3g times %.3g with %d of %d training images"
            .formatted(larger, relativeError, scale, examples, available);
  }
}
