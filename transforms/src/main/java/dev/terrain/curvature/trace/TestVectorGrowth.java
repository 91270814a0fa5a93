package dev.terrain.curvature.trace;

import dev.terrain.curvature.forms.ProbePlan;
import dev.terrain.statistics.ExchangeableMean;
import dev.terrain.statistics.SampleMean;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * How an exchangeable estimator takes test vectors in: {@value #FIRST} of them first, then twice as
 * many each time, every product being used again, until the estimate is exact or its error small
 * enough for the plan, or the plan's products or the dimension allow no more. With fewer than
 * {@value #FIRST} the leave-one-out values of a few outliers are skewed: the estimate is the lower
 * the smaller its error looks.
 *
 * @param plan the error to reach and what may be spent on it
 * @param productsPerVector products that one test vector costs
 */
record TestVectorGrowth(ProbePlan plan, int productsPerVector) {
  static final int FIRST = 12;

  /**
   * @throws IllegalArgumentException if the plan allows fewer products than three test vectors cost
   */
  TestVectorGrowth {
    plan.requireProducts(productsPerVector * SampleMean.MIN_SAMPLES);
  }

  /**
   * The estimate with as many test vectors as it needs.
   *
   * @param estimate the estimate with so many test vectors, those of the call before among them
   * @param stop of an estimate: {@link ProbePlan.Stop#BUDGET_SPENT} where neither of the others
   *     holds
   */
  <R> R run(int dimension, IntFunction<R> estimate, Function<R, ProbePlan.Stop> stop) {
    int limit = Math.min(plan.maxProducts() / productsPerVector, dimension);
    for (int size = Math.min(FIRST, limit); ; size = Math.min(2 * size, limit)) {
      R result = estimate.apply(size);
      if (stop.apply(result) != ProbePlan.Stop.BUDGET_SPENT || size == limit) {
        return result;
      }
    }
  }

  /**
   * A trace.
   *
   * @param mean of the leave-one-out values, at least three
   * @param scale ‖A‖_F / √d, as {@link ProbePlan} has it
   * @param products spent so far
   */
  TraceResult trace(ExchangeableMean mean, double scale, int products) {
    double error = Objects.requireNonNull(mean.standardError());
    boolean reached = plan.allows(error, mean.value(), scale);
    return new TraceResult(
        mean.value(),
        error,
        mean.values().length,
        products,
        reached ? ProbePlan.Stop.ERROR_REACHED : ProbePlan.Stop.BUDGET_SPENT);
  }
}
