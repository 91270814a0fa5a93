package dev.terrain.curvature.panel;

import dev.terrain.curvature.forms.FormRecorder;
import dev.terrain.curvature.forms.ProbeForms;
import dev.terrain.curvature.forms.ProbeMoments;
import dev.terrain.curvature.forms.ProbePlan;
import dev.terrain.curvature.forms.SpaceDeflation;
import dev.terrain.curvature.krylov.BlockLanczosResult;
import dev.terrain.curvature.linear.RandomVectors;
import dev.terrain.curvature.operator.LinearOperator;
import dev.terrain.statistics.PilotError;
import dev.terrain.statistics.SampleMean;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The probes behind trace, Frobenius norm and effective rank of a {@link CurvaturePanel}:
 * Rademacher probes that are independent of its Krylov space, whose forms are deflated by the whole
 * of it.
 *
 * <p>The start probes of the space are paid for, but can be deflated by a smaller space only
 * ({@code LeftOutSpaces}), and samples that share their spaces say less of their error than
 * independent ones do. So they count only where the space is all of R^d, which makes them exact,
 * and where the budget is too small for probes enough of their own.
 *
 * <p>The first {@value #MIN_PROBES}, or the blocks that make as many, are a pilot, by whose spread
 * alone the errors are judged ({@link PilotError}). Probes are added, a block at a time, while the
 * trace is less accurate than asked for, as far as the products reach; and while norm or effective
 * rank is, until they have cost as much as the Krylov space did. The rank moves twice as far as the
 * trace, so it may need four times the probes; beyond that limit they would take from a larger
 * sample what it needs.
 *
 * <p>Own probe i is keyed by (id, "trace probe", i), so a longer run extends a shorter one.
 */
final class PanelProbes {
  private static final String PURPOSE = "trace probe";

  /** Probes whose spread is trusted to say how many are needed. */
  private static final int MIN_PROBES = 8;

  private final ProbePlan plan;
  private final long krylovProducts;
  private final boolean exact;
  private final List<ProbeForms> forms;
  private int pilot;
  private int products;

  /**
   * @param plan products beyond those of the Krylov space
   * @param krylov the process
   */
  PanelProbes(ProbePlan plan, BlockLanczosResult krylov) {
    this.plan = plan;
    krylovProducts = krylov.products();
    // A space that is all of R^d leaves nothing to chance.
    exact = krylov.stop() == BlockLanczosResult.Stop.SPACE_SPANNED && krylov.restarts() == 0;
    List<ProbeForms> starts = krylov.starts().forms();
    // A single start probe is not deflated at all: any other is far better.
    boolean few = plan.maxProducts() < MIN_PROBES;
    boolean useful = starts.size() > 1 || plan.maxProducts() == 0;
    forms = new ArrayList<>(exact || (few && useful) ? starts : List.of());
    pilot = forms.size();
  }

  /** Adds the probes that are needed. */
  void grow(LinearOperator operator, SpaceDeflation deflation, String id) {
    while (true) {
      int left = plan.maxProducts() - products;
      int count = wantsMore(operator.dimension()) ? Math.min(plan.blockSize(), left) : 0;
      if (count == 0) {
        return;
      }
      double[][] block =
          RandomVectors.rademacher(id, PURPOSE, products, count, operator.dimension());
      FormRecorder recorder = new FormRecorder(operator);
      recorder.apply(block);
      for (int j = 0; j < count; j++) {
        forms.add(deflation.deflated(block[j], recorder.forms().get(j)));
      }
      products += count;
      if (pilot < MIN_PROBES) {
        pilot = forms.size();
      }
    }
  }

  private boolean wantsMore(int dimension) {
    if (forms.size() < MIN_PROBES && !(exact && !forms.isEmpty())) {
      return true;
    }
    return !traceReached(dimension)
        || (products < krylovProducts
            && !(reached(norm()) && rank().map(this::reached).orElse(true)));
  }

  /** Whether the trace is as accurate as asked for, and enough probes say so. */
  boolean traceReached(int dimension) {
    SampleMean trace = trace();
    return (exact || forms.size() >= MIN_PROBES)
        && trace.standardError() != null
        && plan.allows(trace.standardError(), trace.value(), norm().value() / Math.sqrt(dimension));
  }

  boolean reached(ProbeMoments.Estimate estimate) {
    return estimate.standardError() != null
        && plan.allows(estimate.standardError(), estimate.value(), 0);
  }

  SampleMean trace() {
    return new SampleMean(
        trace(forms).value(), error(trace(forms.subList(0, pilot)).standardError()));
  }

  ProbeMoments.Estimate norm() {
    return new ProbeMoments.Estimate(
        norm(forms).value(), error(norm(forms.subList(0, pilot)).standardError()), forms.size());
  }

  Optional<ProbeMoments.Estimate> rank() {
    return rank(forms)
        .map(
            all ->
                new ProbeMoments.Estimate(
                    all.value(),
                    error(
                        rank(forms.subList(0, pilot))
                            .map(ProbeMoments.Estimate::standardError)
                            .orElse(null)),
                    forms.size()));
  }

  private @Nullable Double error(@Nullable Double ofPilot) {
    return new PilotError(pilot, forms.size()).of(ofPilot);
  }

  private static SampleMean trace(List<ProbeForms> forms) {
    return SampleMean.of(forms.stream().mapToDouble(ProbeForms::form).toArray());
  }

  private static ProbeMoments.Estimate norm(List<ProbeForms> forms) {
    return ProbeMoments.frobeniusNorm(forms);
  }

  private static Optional<ProbeMoments.Estimate> rank(List<ProbeForms> forms) {
    return ProbeMoments.effectiveRank(forms);
  }

  /** The deflated forms of all probes. */
  List<ProbeForms> forms() {
    return List.copyOf(forms);
  }

  /** Products that the own probes cost. */
  int products() {
    return products;
  }
}
