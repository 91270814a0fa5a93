package dev.terrain.beam.units;

import dev.terrain.v1.Failure;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Instant;

/**
 * Computes the units of a bounded collection with the process's {@link Workers}: hands in a few at
 * a time, emits those that are done, and waits for the rest at the end of the bundle.
 */
final class ComputeFn extends DoFn<Unit, KV<Unit, UnitResult>> {
  private static final long serialVersionUID = 1;

  /** Enough that the workers find the next unit when they have done one. */
  private static final int UNITS_AT_A_TIME = 4;

  /** Enough that those are among them that can be computed together. */
  private static final int STACKABLE_UNITS_AT_A_TIME = 512;

  private static final long REPORT_EVERY_MILLISECONDS = 200;

  private final ComputingStage stage;
  private transient List<Handed> handed;

  private record Handed(UnitWork work, Instant timestamp, BoundedWindow window) {}

  ComputeFn(ComputingStage stage) {
    this.stage = stage;
  }

  @Setup
  public void setup() {
    stage.open();
    handed = new ArrayList<>();
    Workers.ofProcess().join(stage.name());
  }

  @ProcessElement
  public void process(
      @Element Unit unit,
      @Timestamp Instant timestamp,
      BoundedWindow window,
      MultiOutputReceiver out)
      throws InterruptedException {
    UnitWork work = stage.workOn(unit);
    Workers.ofProcess().compute(work);
    handed.add(new Handed(work, timestamp, window));
    Ended ended =
        new Ended(
            (from, result) ->
                out.get(Remembered.COMPUTED)
                    .outputWindowedValue(
                        result, from.timestamp(), List.of(from.window()), PaneInfo.NO_FIRING),
            (from, failure) ->
                out.get(Remembered.FAILED)
                    .outputWindowedValue(
                        failure, from.timestamp(), List.of(from.window()), PaneInfo.NO_FIRING));
    emitEnded(ended);
    while (isFull()) {
      awaitOne();
      emitEnded(ended);
    }
  }

  private boolean isFull() {
    return handed.size() >= STACKABLE_UNITS_AT_A_TIME
        || handed.stream().filter(unit -> unit.work().stackTerms().isEmpty()).count()
            >= UNITS_AT_A_TIME;
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext bundle) throws InterruptedException {
    Ended ended =
        new Ended(
            (from, result) ->
                bundle.output(Remembered.COMPUTED, result, from.timestamp(), from.window()),
            (from, failure) ->
                bundle.output(Remembered.FAILED, failure, from.timestamp(), from.window()));
    while (!handed.isEmpty()) {
      awaitOne();
      emitEnded(ended);
    }
  }

  @Teardown
  public void teardown() {
    handed.forEach(unit -> unit.work().giveUp());
    Workers.ofProcess().leave(stage.name());
  }

  /** Where units go that have ended. */
  private record Ended(
      BiConsumer<Handed, KV<Unit, UnitResult>> computed, BiConsumer<Handed, Failure> failed) {}

  private void awaitOne() throws InterruptedException {
    CompletableFuture<?>[] results =
        handed.stream().map(unit -> unit.work().result()).toArray(CompletableFuture<?>[]::new);
    CompletableFuture<Object> any = CompletableFuture.anyOf(results);
    while (true) {
      try {
        any.get(REPORT_EVERY_MILLISECONDS, TimeUnit.MILLISECONDS);
        return;
      } catch (ExecutionException e) {
        return; // The unit's outcome says what happened.
      } catch (TimeoutException e) {
        handed.forEach(unit -> stage.countSteps(unit.work()));
      }
    }
  }

  private void emitEnded(Ended ended) {
    for (Iterator<Handed> units = handed.iterator(); units.hasNext(); ) {
      Handed unit = units.next();
      if (unit.work().result().isDone()) {
        units.remove();
        stage.end(
            unit.work(),
            result -> ended.computed().accept(unit, result),
            failure -> ended.failed().accept(unit, failure));
      }
    }
  }
}
