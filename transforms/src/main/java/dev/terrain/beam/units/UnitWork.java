package dev.terrain.beam.units;

import dev.terrain.ledger.UnitLease;
import dev.terrain.stage.Stage;
import dev.terrain.stage.StageContext;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One unit in the hands of a worker: computed, by itself or with others, recorded in the ledger,
 * and then handed to whoever waits for it. A thread of {@link Workers} does the work; the other
 * methods are for the engine's thread, which alone may count.
 */
final class UnitWork {
  private static final Logger LOG = LoggerFactory.getLogger(UnitWork.class);

  private final Unit unit;
  private final Stage stage;
  private final StageContext context;
  private final UnitLease lease;
  private final @Nullable String stopMarker;
  private final CompletableFuture<UnitResult> result = new CompletableFuture<>();
  private final HeardSteps heard = new HeardSteps();
  private final long asked = System.nanoTime();
  private volatile @Nullable StackTerms stackTerms;
  private volatile long milliseconds;
  private volatile boolean isRecordedElsewhere;

  /** A unit that is computed by itself. */
  UnitWork(Unit unit, Stage stage, StageContext context, @Nullable String stopMarker) {
    this(unit, stage, context, stopMarker, null);
  }

  /**
   * A unit.
   *
   * @param stopMarker object in the store that keeps the unit from beginning, and that its failure
   *     makes; null for none
   * @param stackTerms on what terms it may be computed together with others; null if it is computed
   *     by itself
   */
  UnitWork(
      Unit unit,
      Stage stage,
      StageContext context,
      @Nullable String stopMarker,
      @Nullable StackTerms stackTerms) {
    this.stopMarker = stopMarker;
    this.unit = unit;
    this.stage = stage;
    this.context = context.withListener(heard);
    this.lease = new UnitLease(context.store(), unit.getStage(), unit.getKey());
    this.stackTerms = stackTerms;
  }

  /**
   * What a finished unit took in this process.
   *
   * @param milliseconds wall-clock time; of a unit that was computed with others its share
   * @param examples images that it took training steps on
   */
  record Cost(long milliseconds, long examples) {}

  /** Gives a result, or fails. */
  private interface Computation {
    UnitResult run() throws IOException;
  }

  /**
   * Computes the unit by itself, unless another process is about to.
   *
   * @return whether the unit has ended; if not, this is to be called again
   */
  boolean attempt() {
    if (begin()) {
      compute();
    }
    return hasEnded();
  }

  /**
   * Begins the unit, unless it is given up, recorded, or another process is about to compute it.
   *
   * @return whether it is this worker's now, who is to compute it; if not, it has ended, or is to
   *     be begun later
   */
  boolean begin() {
    try {
      if (heard.isGivenUp() || (stopMarker != null && context.store().exists(stopMarker))) {
        throw new CancellationException("given up before it began");
      }
      boolean mine = lease.acquire();
      // Whoever has had the lease may have recorded the unit, and its record may be packed by now.
      Optional<UnitResult> recorded =
          mine
              ? context.ledger().findNow(unit.getStage(), unit.getKey())
              : context.ledger().find(unit.getStage(), unit.getKey());
      isRecordedElsewhere = recorded.isPresent();
      recorded.ifPresent(this::succeed);
      return mine && recorded.isEmpty();
    } catch (IOException | RuntimeException e) {
      fail(e);
      return false;
    } catch (Error e) {
      abandon(e);
      throw e;
    }
  }

  /** Computes the unit, which has begun, by itself. */
  void compute() {
    long start = System.nanoTime();
    sayBegins(1);
    end(() -> stage.compute(unit, context), () -> (System.nanoTime() - start) / 1_000_000);
  }

  /** Says that the unit, one of so many together, is being computed. */
  void sayBegins(int together) {
    LOG.info(
        "{} of {}: begins{}",
        unit.getStage(),
        UnitDescription.of(unit),
        together > 1 ? ", as one of " + together + " together" : "");
  }

  /**
   * Ends the unit, which was computed with others.
   *
   * @param time tells how many milliseconds it took
   */
  void complete(UnitResult computed, LongSupplier time) {
    end(() -> computed, time);
  }

  private void end(Computation computation, LongSupplier time) {
    try {
      UnitResult computed = computation.run();
      if (!context.ledger().record(computed)) {
        computed = context.ledger().find(unit.getStage(), unit.getKey()).orElse(computed);
      }
      context.failedUnits().forget(unit.getStage(), unit.getKey());
      stage.recorded(unit, context);
      milliseconds = time.getAsLong();
      LOG.info("{} of {}: done in {} ms", unit.getStage(), UnitDescription.of(unit), milliseconds);
      succeed(computed);
    } catch (IOException | RuntimeException e) {
      fail(e);
    } catch (Error e) {
      abandon(e);
      throw e;
    }
  }

  private void succeed(UnitResult computed) {
    giveLeaseBack();
    result.complete(computed);
  }

  /** Ends the unit, which cannot be computed or is given up. */
  void fail(Exception failure) {
    giveLeaseBack();
    if (failure instanceof CancellationException) {
      LOG.info("{} of {}: given up", unit.getStage(), UnitDescription.of(unit));
    } else {
      LOG.error(
          "{} of {}: {}",
          unit.getStage(),
          UnitDescription.withSettings(unit),
          failure.getMessage());
      LOG.debug("{} of {}", unit.getStage(), UnitDescription.of(unit), failure);
      stopOthers();
    }
    result.completeExceptionally(failure);
  }

  /** Ends the unit, unless it has ended, because the worker comes to its end. */
  void abandon(Error error) {
    giveLeaseBack();
    result.completeExceptionally(error);
  }

  /** Puts a unit back that has begun: it is to be begun once more, and computed by itself. */
  void leaveStack() {
    stackTerms = null;
    giveLeaseBack();
  }

  private void giveLeaseBack() {
    try {
      lease.close();
    } catch (IOException e) {
      LOG.warn("a lease is left to expire: {}", e.getMessage());
    }
  }

  /** On what terms it may be computed together with others; empty if it is computed by itself. */
  Optional<StackTerms> stackTerms() {
    return Optional.ofNullable(stackTerms);
  }

  /** Whether another process has computed the unit meanwhile. */
  boolean isRecordedElsewhere() {
    return isRecordedElsewhere;
  }

  private void stopOthers() {
    if (stopMarker != null) {
      try {
        context.store().write(stopMarker, new byte[0]);
      } catch (IOException e) {
        LOG.warn("the run goes on after a failure: {}", e.getMessage());
      }
    }
  }

  Unit unit() {
    return unit;
  }

  /** Where the unit finds and leaves things. */
  StageContext context() {
    return context;
  }

  /** Completes, normally or not, when the unit has ended. */
  CompletableFuture<UnitResult> result() {
    return result;
  }

  /** Time since the unit was asked for. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - asked);
  }

  /** Makes the unit end soon, without a result. */
  void giveUp() {
    heard.giveUp();
  }

  boolean isGivenUp() {
    return heard.isGivenUp();
  }

  boolean hasEnded() {
    return result.isDone();
  }

  /** What has happened since the last call. */
  HeardSteps.Steps newSteps() {
    return heard.fresh();
  }

  /**
   * The result of a unit that has ended.
   *
   * @throws IOException if the store failed or holds something corrupt
   * @throws RuntimeException whatever the computation threw
   */
  UnitResult outcome() throws IOException {
    try {
      return result.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IOException failure) {
        throw failure;
      }
      if (cause instanceof RuntimeException failure) {
        throw failure;
      }
      throw (Error) cause;
    } catch (InterruptedException e) {
      throw new IllegalStateException("the unit has not ended", e);
    }
  }

  Cost cost() {
    return new Cost(milliseconds, heard.examples());
  }
}
