package dev.terrain.beam.units;

import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.transforms.splittabledofn.WatermarkEstimators;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Computes the units of an unbounded collection with the process's {@link Workers}, without waiting
 * for them.
 *
 * <p>The restriction of a unit is a range of offsets, one for each time that the function asks
 * whether the unit is done, and a last one for the outcome. Between two questions the unit is in
 * the engine's state, not in its threads: checkpoints pass, and after a restart the unit is asked
 * for again and goes on from its saved progress, or is found in the ledger.
 *
 * <p>Outcomes have the time at which they were taken, and the watermark keeps up with the clock: a
 * long unit does not make the results of others late.
 */
final class ComputeWhileStreamingFn extends DoFn<Unit, KV<Unit, UnitResult>> {
  private static final long serialVersionUID = 1;

  private static final long OUTCOME = Long.MAX_VALUE - 1;
  private static final Duration LEAST_DELAY = Duration.millis(100);
  private static final Duration GREATEST_DELAY = Duration.standardSeconds(5);

  /** A unit is asked for after so much of its age, so that a short one is not kept waiting. */
  private static final int SHARE_OF_AGE = 4;

  private final ComputingStage stage;
  private transient boolean joined;

  ComputeWhileStreamingFn(ComputingStage stage) {
    this.stage = stage;
  }

  @Setup
  public void setup() {
    stage.open();
  }

  @Teardown
  public void teardown() {
    if (joined) {
      Workers.ofProcess().leave(stage.name());
    }
  }

  @GetInitialRestriction
  public OffsetRange initialRestriction() {
    return new OffsetRange(0, Long.MAX_VALUE);
  }

  /** A drain waits for the units under way. */
  @TruncateRestriction
  @SuppressWarnings("unchecked") // TruncateResult.of is declared raw.
  public RestrictionTracker.TruncateResult<OffsetRange> truncate(@Restriction OffsetRange range) {
    return RestrictionTracker.TruncateResult.of(range);
  }

  @GetSize
  public double size() {
    return 1;
  }

  @GetInitialWatermarkEstimatorState
  public Instant initialWatermark(@Timestamp Instant timestamp) {
    return timestamp;
  }

  @NewWatermarkEstimator
  public WatermarkEstimators.WallTime watermark(@WatermarkEstimatorState Instant state) {
    return new WatermarkEstimators.WallTime(state);
  }

  @ProcessElement
  public ProcessContinuation process(
      @Element Unit unit,
      RestrictionTracker<OffsetRange, Long> questions,
      MultiOutputReceiver out) {
    if (!questions.tryClaim(questions.currentRestriction().getFrom())) {
      return ProcessContinuation.stop();
    }
    if (!joined) {
      // Not earlier: an engine makes further instances, which only make restrictions.
      Workers.ofProcess().join(stage.name());
      joined = true;
    }
    UnitWork work = Workers.ofProcess().workOn(stage.study(), unit, () -> stage.workOn(unit));
    stage.countSteps(work);
    if (!work.result().isDone()) {
      return ProcessContinuation.resume().withResumeDelay(delay(work));
    }
    if (!questions.tryClaim(OUTCOME)) {
      // The engine has split the range: whoever has the rest of it takes the outcome.
      return ProcessContinuation.stop();
    }
    Workers.ofProcess().forget(stage.study(), unit);
    Instant now = Instant.now();
    stage.end(
        work,
        result -> out.get(Remembered.COMPUTED).outputWithTimestamp(result, now),
        failure -> out.get(Remembered.FAILED).outputWithTimestamp(failure, now));
    return ProcessContinuation.stop();
  }

  private static Duration delay(UnitWork work) {
    Duration delay = Duration.millis(work.age().toMillis() / SHARE_OF_AGE);
    if (delay.isShorterThan(LEAST_DELAY)) {
      return LEAST_DELAY;
    }
    return delay.isLongerThan(GREATEST_DELAY) ? GREATEST_DELAY : delay;
  }
}
