package dev.terrain.curvature.trace;

import dev.terrain.curvature.forms.Deflation;
import dev.terrain.curvature.forms.EffectiveRank;
import dev.terrain.curvature.forms.FrobeniusNorm;
import dev.terrain.curvature.forms.PilotError;
import dev.terrain.curvature.forms.ProbePlan;
import dev.terrain.curvature.forms.ProbeSample;
import dev.terrain.curvature.forms.SampleMean;
import dev.terrain.curvature.linear.RandomVectors;
import dev.terrain.curvature.operator.LinearOperator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The trace of a self-adjoint operator A on R^d by deflated Hutchinson estimation: the mean over
 * probes v of the samples v'Av - Σ θ_i((q_i'v)² - 1) of a {@link Deflation}, beginning with samples
 * that were paid for elsewhere and going on with Rademacher probes of its own until their standard
 * error is small enough for the plan.
 *
 * <p>The variance of a Rademacher probe is that of the rest PAP, P = I - QQ', at most 2‖PAP‖_F², as
 * long as the pairs are accurate; see {@link Deflation} for what their residuals do.
 *
 * <p>Own probe i is keyed by (id, "trace probe", i), so a longer run extends a shorter one; the
 * samples given must come from other streams. It looks at the error after every block, which is
 * judged by the spread of the first {@code minProbes} samples alone, or of those there are before
 * the first look ({@link PilotError}).
 *
 * <p>Memory: one block of probes and products, and the deflated vectors.
 */
public final class DeflatedTrace {
  private static final String PURPOSE = "trace probe";

  private final ProbePlan plan;
  private final int minProbes;

  /**
   * @param plan products beyond those that the given samples cost
   * @param minProbes samples to have at least, given ones included, before their spread is trusted;
   *     at least {@value SampleMean#MIN_SAMPLES}
   * @throws IllegalArgumentException if {@code minProbes} is out of its range
   */
  public DeflatedTrace(ProbePlan plan, int minProbes) {
    if (minProbes < SampleMean.MIN_SAMPLES) {
      throw new IllegalArgumentException(
          "minProbes (" + minProbes + ") must be at least " + SampleMean.MIN_SAMPLES);
    }
    this.plan = plan;
    this.minProbes = minProbes;
  }

  /**
   * An estimate with the samples behind it.
   *
   * @param trace the estimate; its products are the further ones
   * @param samples the given samples and then the further ones, for {@link FrobeniusNorm} and
   *     {@link EffectiveRank}
   */
  public record Result(TraceResult trace, List<ProbeSample> samples) {}

  /**
   * Estimates the trace.
   *
   * @param given samples by {@code deflation} of probes whose products are paid for, of streams
   *     other than this one's
   * @param id keys the further probes
   * @throws IllegalArgumentException if there is neither a sample nor a product to spend
   */
  public Result estimate(
      LinearOperator operator, Deflation deflation, List<ProbeSample> given, String id) {
    if (given.isEmpty()) {
      plan.requireProducts(1);
    }
    List<ProbeSample> samples = new ArrayList<>(given);
    int pilot = samples.size();
    int products = 0;
    while (true) {
      SampleMean mean = samples.isEmpty() ? null : mean(deflation, samples, pilot);
      boolean reached =
          samples.size() >= minProbes && isSmallEnough(operator, deflation, samples, mean);
      int count = Math.min(plan.blockSize(), plan.maxProducts() - products);
      if (reached || count == 0) {
        TraceResult trace =
            new TraceResult(
                mean.value(),
                mean.standardError(),
                samples.size(),
                products,
                reached ? StopReason.ERROR_REACHED : StopReason.BUDGET_SPENT);
        return new Result(trace, List.copyOf(samples));
      }
      double[][] block =
          RandomVectors.rademacher(id, PURPOSE, products, count, operator.dimension());
      double[][] images = operator.apply(block);
      for (int j = 0; j < count; j++) {
        samples.add(deflation.sample(block[j], images[j]));
      }
      products += count;
      if (pilot < minProbes) {
        pilot = samples.size();
      }
    }
  }

  private static SampleMean mean(Deflation deflation, List<ProbeSample> samples, int pilot) {
    double[] traces = samples.stream().mapToDouble(deflation::trace).toArray();
    SampleMean ofPilot = SampleMean.of(Arrays.copyOf(traces, pilot));
    return new SampleMean(
        SampleMean.of(traces).value(),
        new PilotError(pilot, traces.length).of(ofPilot.standardError()));
  }

  private boolean isSmallEnough(
      LinearOperator operator, Deflation deflation, List<ProbeSample> samples, SampleMean mean) {
    double scale =
        FrobeniusNorm.estimate(deflation, samples).value() / Math.sqrt(operator.dimension());
    return plan.allows(mean.standardError(), mean.value(), scale);
  }
}
