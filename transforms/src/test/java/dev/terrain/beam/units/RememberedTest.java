package dev.terrain.beam.units;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.ledger.CorruptRecordException;
import dev.terrain.ledger.Ledger;
import dev.terrain.ledger.UnitLease;
import dev.terrain.stage.CellCost;
import dev.terrain.stage.Stage;
import dev.terrain.stage.StageContext;
import dev.terrain.store.ObjectStore;
import dev.terrain.store.ObjectStores;
import dev.terrain.v1.Failure;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Subject;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("engine")
final class RememberedTest {
  @TempDir private Path folder;
  private ObjectStore store;
  private TestPipeline pipeline;

  @BeforeEach
  void open() {
    CountingStage.reset();
    store = ObjectStores.open(folder.toString());
    pipeline = newPipeline();
  }

  private static TestPipeline newPipeline() {
    return TestPipeline.create().enableAbandonedNodeEnforcement(false);
  }

  private FinishedUnits remember(TestPipeline to, List<Unit> units) {
    String stage = units.get(0).getStage();
    return to.apply(Create.of(units).withCoder(Coders.of(Unit.class)))
        .apply(Remembered.of(new CountingStage(stage), new StudyAddress(folder.toString(), null)));
  }

  private static List<KV<Unit, UnitResult>> results(List<Unit> units, double value) {
    List<KV<Unit, UnitResult>> results = new ArrayList<>();
    units.forEach(unit -> results.add(KV.of(unit, Samples.result(unit, value))));
    return results;
  }

  @Test
  void missingUnit_isComputedOnceRecordedAndEmitted() throws IOException {
    List<Unit> units = List.of(Samples.training(0), Samples.training(1), Samples.training(2));
    FinishedUnits finished = remember(pipeline, units);
    PAssert.that(finished.results()).containsInAnyOrder(results(units, 1));
    PAssert.that(finished.failures()).empty();
    PipelineResult run = pipeline.run();
    for (Unit unit : units) {
      assertThat(CountingStage.computed(unit)).isEqualTo(1);
      assertThat(CountingStage.recorded(unit)).isEqualTo(1);
      assertThat(new Ledger(store).find("train", unit.getKey())).contains(Samples.result(unit, 1));
    }
    assertThat(Counters.count(run, "train_computed")).isEqualTo(3);
    assertThat(Counters.count(run, "train_remembered")).isZero();
    assertThat(Counters.count(run, "train_failed")).isZero();
  }

  @Test
  void recordedUnit_isEmittedWithoutComputing() throws IOException {
    Unit old = Samples.training(0);
    Unit fresh = Samples.training(1);
    new Ledger(store).record(Samples.result(old, 0.25));
    FinishedUnits finished = remember(pipeline, List.of(old, fresh));
    List<KV<Unit, UnitResult>> expected = new ArrayList<>(results(List.of(old), 0.25));
    expected.addAll(results(List.of(fresh), 1));
    PAssert.that(finished.results()).containsInAnyOrder(expected);
    PipelineResult run = pipeline.run();
    assertThat(CountingStage.computed(old)).isZero();
    assertThat(Counters.count(run, "train_computed")).isEqualTo(1);
    assertThat(Counters.count(run, "train_remembered")).isEqualTo(1);
  }

  @Test
  void secondRun_emitsTheSameAndComputesNothing() {
    List<Unit> units = List.of(Samples.training(0), Samples.training(1));
    remember(pipeline, units);
    pipeline.run();
    TestPipeline second = newPipeline();
    PAssert.that(remember(second, units).results()).containsInAnyOrder(results(units, 1));
    PipelineResult run = second.run();
    assertThat(CountingStage.computed(units.get(0))).isEqualTo(1);
    assertThat(Counters.count(run, "train_computed")).isZero();
    assertThat(Counters.count(run, "train_remembered")).isEqualTo(2);
  }

  @Test
  void unboundedUnits_areComputedOnceRecordedAndEmittedAsBoundedOnesAre() throws IOException {
    Unit bad = Samples.training(CountingStage.BAD_SEED);
    Unit old = Samples.training(0);
    Unit fresh = Samples.training(1);
    new Ledger(store).record(Samples.result(old, 0.25));
    FinishedUnits finished =
        pipeline
            .apply(Create.of(bad, old, fresh).withCoder(Coders.of(Unit.class)))
            .setIsBoundedInternal(PCollection.IsBounded.UNBOUNDED)
            .apply(
                Remembered.of(
                    new CountingStage("train"), new StudyAddress(folder.toString(), null)));
    List<KV<Unit, UnitResult>> expected = new ArrayList<>(results(List.of(old), 0.25));
    expected.addAll(results(List.of(fresh), 1));
    PAssert.that(finished.results()).containsInAnyOrder(expected);
    PAssert.thatSingleton(finished.failures())
        .satisfies(
            failure -> {
              assertFailure(failure, bad, bad.getModels().get(0).getModelId(), null);
              return null;
            });
    PipelineResult run = pipeline.run();
    assertThat(CountingStage.computed(fresh)).isEqualTo(1);
    assertThat(new Ledger(store).find("train", fresh.getKey())).contains(Samples.result(fresh, 1));
    assertThat(Counters.count(run, "train_computed")).isEqualTo(1);
    assertThat(Counters.count(run, "train_remembered")).isEqualTo(1);
    assertThat(Counters.count(run, "train_failed")).isEqualTo(1);
  }

  @Test
  void lostRace_emitsWhatTheWinnerRecorded() {
    Unit unit = Samples.training(0);
    FinishedUnits finished =
        pipeline
            .apply(Create.of(unit).withCoder(Coders.of(Unit.class)))
            .apply(Remembered.of(new RacingStage(), new StudyAddress(folder.toString(), null)));
    PAssert.that(finished.results()).containsInAnyOrder(results(List.of(unit), 99));
    pipeline.run();
  }

  @Test
  void unitOfAnotherProcess_isAwaitedAndNotComputedTwice() throws IOException {
    Unit theirs = Samples.training(0);
    Unit ours = Samples.training(1);
    UnitLease lease = new UnitLease(store, "train", theirs.getKey());
    assertThat(lease.acquire()).isTrue();
    FinishedUnits finished = remember(pipeline, List.of(theirs, ours));
    List<KV<Unit, UnitResult>> expected = new ArrayList<>(results(List.of(theirs), 7));
    expected.addAll(results(List.of(ours), 1));
    PAssert.that(finished.results()).containsInAnyOrder(expected);
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(
            () -> {
              try (lease) {
                awaitComputed(ours);
                new Ledger(store).record(Samples.result(theirs, 7));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    PipelineResult run = pipeline.run();

    other.join();
    assertThat(CountingStage.computed(theirs)).isZero();
    assertThat(Counters.count(run, "train_computed")).isEqualTo(1);
    assertThat(Counters.count(run, "train_remembered")).isEqualTo(1);
    assertThat(store.list("leases/")).isEmpty();
  }

  private static void awaitComputed(Unit unit) {
    for (int i = 0; i < 600 && CountingStage.computed(unit) == 0; i++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  @Test
  void throwingUnit_becomesAFailureAndTheOthersGoOn() {
    Unit bad = Samples.training(CountingStage.BAD_SEED);
    Unit good = Samples.training(0);
    FinishedUnits finished = remember(pipeline, List.of(bad, good));
    PAssert.that(finished.results()).containsInAnyOrder(results(List.of(good), 1));
    PAssert.thatSingleton(finished.failures())
        .satisfies(
            failure -> {
              assertFailure(failure, bad, bad.getModels().get(0).getModelId(), null);
              assertThat(failure.getExceptionClass()).isEqualTo("java.lang.ArithmeticException");
              assertThat(failure.getMessage()).isEqualTo("the loss is not finite");
              assertThat(failure.getAttempt()).isEqualTo(1);
              return null;
            });
    PipelineResult run = pipeline.run();
    assertThat(Counters.count(run, "train_failed")).isEqualTo(1);
    assertThat(Counters.count(run, "train_computed")).isEqualTo(1);
    assertThat(CountingStage.recorded(bad)).isZero();
  }

  private static void assertFailure(Failure failure, Unit unit, String model, String other) {
    assertThat(failure.getStage()).isEqualTo(unit.getStage());
    assertThat(failure.getKey()).isEqualTo(unit.getKey());
    assertThat(failure.getCellId()).isEqualTo(unit.getCellId());
    assertThat(failure.getModelId()).isEqualTo(model);
    assertThat(failure.getOtherModelId()).isEqualTo(other);
  }

  @Test
  void failureOfAPair_namesBothModelsAndThatOfACellNone() {
    List<ModelRef> models = new ArrayList<>();
    for (long seed : new long[] {CountingStage.BAD_SEED, 14, 15}) {
      models.add(Samples.training(seed).getModels().get(0));
    }
    String cellId = models.get(0).getCellId();
    Unit pair = new Unit("distance", "aa01", Subject.PAIR, cellId, models.subList(0, 2), "", "{}");
    Unit cell = new Unit("distance", "aa02", Subject.CELL, cellId, models, "", "{}");
    PAssert.that(remember(pipeline, List.of(pair, cell)).failures())
        .satisfies(
            failures -> {
              for (Failure failure : failures) {
                if (failure.getKey().equals("aa01")) {
                  assertFailure(
                      failure, pair, models.get(0).getModelId(), models.get(1).getModelId());
                } else {
                  assertFailure(failure, cell, null, null);
                }
              }
              assertThat(failures).hasSize(2);
              return null;
            });
    assertThat(Counters.count(pipeline.run(), "distance_failed")).isEqualTo(2);
  }

  @Test
  void corruptRecord_becomesAFailureThatNamesTheFile() throws IOException {
    Unit unit = Samples.training(0);
    Unit other = Samples.training(1);
    String name = Ledger.name("train", unit.getKey());
    byte[] garbage = "garbage".getBytes(StandardCharsets.UTF_8);
    store.write(name, garbage);
    String file = store.uri(name);
    FinishedUnits finished = remember(pipeline, List.of(unit, other));
    PAssert.that(finished.results()).containsInAnyOrder(results(List.of(other), 1));
    PAssert.thatSingleton(finished.failures())
        .satisfies(
            failure -> {
              assertFailure(failure, unit, unit.getModels().get(0).getModelId(), null);
              assertThat(failure.getExceptionClass())
                  .isEqualTo(CorruptRecordException.class.getName());
              assertThat(failure.getMessage()).contains(file);
              return null;
            });
    PipelineResult run = pipeline.run();
    assertThat(Counters.count(run, "train_failed")).isEqualTo(1);
    assertThat(CountingStage.computed(unit)).as("a record is never replaced").isZero();
    assertThat(store.read(name)).contains(garbage);
  }

  /** Another worker finishes the same unit while this one computes. */
  private static final class RacingStage implements Stage {
    private static final long serialVersionUID = 1;

    @Override
    public String name() {
      return "train";
    }

    @Override
    public int codeVersion() {
      return 1;
    }

    @Override
    public double nominalSeconds(Unit unit, CellCost cost) {
      return 0;
    }

    @Override
    public UnitResult compute(Unit unit, StageContext context) throws IOException {
      context.ledger().record(Samples.result(unit, 99));
      return Samples.result(unit, 1);
    }
  }
}
