package dev.terrain.transforms;

import dev.terrain.stage.StageListener;
import java.io.Serializable;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Metrics;

/**
 * What a user watches of one stage, in Beam's namespace {@value #NAMESPACE}: {@code
 * <stage>_remembered}, {@code <stage>_computed}, {@code <stage>_failed}, the distribution {@code
 * <stage>_milliseconds}; and of trainings {@code epochs}, {@code training_examples} and the
 * distribution {@code training_examples_per_second}.
 */
public final class StageCounters implements StageListener, Serializable {
  /** Namespace of all counters. */
  public static final String NAMESPACE = "terrain";

  private static final long serialVersionUID = 1;

  private final Counter remembered;
  private final Counter computed;
  private final Counter failed;
  private final Distribution milliseconds;
  private final Counter epochs = counter("epochs");
  private final Counter trainingExamples = counter("training_examples");
  private final Distribution trainingRate =
      Metrics.distribution(NAMESPACE, "training_examples_per_second");
  private long examples;
  private long start;

  StageCounters(String stage) {
    remembered = counter(stage + "_remembered");
    computed = counter(stage + "_computed");
    failed = counter(stage + "_failed");
    milliseconds = Metrics.distribution(NAMESPACE, stage + "_milliseconds");
  }

  private static Counter counter(String name) {
    return Metrics.counter(NAMESPACE, name);
  }

  void unitRemembered() {
    remembered.inc();
  }

  void unitStarted() {
    examples = 0;
    start = System.nanoTime();
  }

  void unitComputed() {
    long nanoseconds = System.nanoTime() - start;
    computed.inc();
    milliseconds.update(nanoseconds / 1_000_000);
    if (examples > 0) {
      trainingRate.update((long) (examples * 1e9 / nanoseconds));
    }
  }

  void unitFailed() {
    failed.inc();
  }

  @Override
  public void onTrainingStep(int count) {
    examples += count;
    trainingExamples.inc(count);
  }

  @Override
  public void onEpoch() {
    epochs.inc();
  }
}
