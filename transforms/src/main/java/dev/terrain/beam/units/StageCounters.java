package dev.terrain.beam.units;

import java.io.Serializable;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Metrics;

/**
 * What a user watches of one stage, in Beam's namespace {@value #NAMESPACE}: {@code
 * <stage>_remembered}, {@code <stage>_computed}, {@code <stage>_failed}, {@code <stage>_skipped}
 * (units that are not to be computed), the distribution {@code <stage>_milliseconds}; and of what
 * happens inside units {@code epochs}, {@code training_examples}, {@code hessian_products}, {@code
 * path_gradients} and the distribution {@code training_examples_per_second}.
 */
public final class StageCounters implements Serializable {
  /** Namespace of all counters. */
  public static final String NAMESPACE = "terrain";

  private static final long serialVersionUID = 1;

  private final Counter remembered;
  private final Counter computed;
  private final Counter failed;
  private final Counter skipped;
  private final Distribution milliseconds;
  private final Counter epochs = counter("epochs");
  private final Counter trainingExamples = counter("training_examples");
  private final Counter hessianProducts = counter("hessian_products");
  private final Counter pathGradients = counter("path_gradients");
  private final Distribution trainingRate =
      Metrics.distribution(NAMESPACE, "training_examples_per_second");

  public StageCounters(String stage) {
    remembered = counter(stage + "_remembered");
    computed = counter(stage + "_computed");
    failed = counter(stage + "_failed");
    skipped = counter(stage + "_skipped");
    milliseconds = Metrics.distribution(NAMESPACE, stage + "_milliseconds");
  }

  private static Counter counter(String name) {
    return Metrics.counter(NAMESPACE, name);
  }

  void unitRemembered() {
    remembered.inc();
  }

  public void unitFailed() {
    failed.inc();
  }

  void unitSkipped() {
    skipped.inc();
  }

  void unitComputed(UnitWork.Cost cost) {
    computed.inc();
    milliseconds.update(cost.milliseconds());
    if (cost.examples() > 0) {
      trainingRate.update(1000 * cost.examples() / Math.max(1, cost.milliseconds()));
    }
  }

  void add(HeardSteps.Steps steps) {
    add(epochs, steps.epochs());
    add(trainingExamples, steps.examples());
    add(hessianProducts, steps.hessianProducts());
    add(pathGradients, steps.pathGradients());
  }

  private static void add(Counter counter, long count) {
    if (count > 0) {
      counter.inc(count);
    }
  }
}
