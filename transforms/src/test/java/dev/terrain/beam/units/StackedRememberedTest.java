package dev.terrain.beam.units;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.v1.Failure;
import dev.terrain.v1.Unit;
import dev.terrain.v1.UnitResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Units that are computed together end as those that are not. */
@Tag("engine")
final class StackedRememberedTest {
  private static final int MODELS = 6;

  @TempDir private Path folder;

  @BeforeEach
  void reset() {
    TogetherStage.reset();
  }

  @ParameterizedTest
  @CsvSource({"auto,BOUNDED", "off,BOUNDED", "auto,UNBOUNDED"})
  void resultsFailuresAndCountsAreTheSame(String stack, PCollection.IsBounded bounded) {
    List<Unit> units = new ArrayList<>();
    List<KV<Unit, UnitResult>> expected = new ArrayList<>();
    for (int seed = 0; seed < MODELS; seed++) {
      for (int width : new int[] {TogetherStage.WIDTH_ALONE, 2, 4}) {
        Unit unit = StackedUnits.unit(width, seed);
        units.add(unit);
        expected.add(KV.of(unit, Samples.result(unit, seed)));
      }
    }
    Unit bad = StackedUnits.unit(2, TogetherStage.BAD_SEED);
    Unit fault = StackedUnits.unit(4, TogetherStage.FAULT_SEED);
    units.addAll(List.of(bad, fault));
    expected.add(KV.of(fault, Samples.result(fault, TogetherStage.FAULT_SEED)));
    TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);

    FinishedUnits finished =
        pipeline
            .apply(Create.of(units).withCoder(Coders.of(Unit.class)))
            .setIsBoundedInternal(bounded)
            .apply(
                Remembered.of(
                    new TogetherStage(8),
                    new StudyAddress(folder.toString(), null)
                        .withStack(StackLimit.parse("--stack", stack))));
    PAssert.that(finished.results()).containsInAnyOrder(expected);
    PAssert.thatSingleton(finished.failures())
        .satisfies(
            failure -> {
              assertFailure(failure, bad);
              return null;
            });
    PipelineResult run = pipeline.run();

    assertThat(Counters.count(run, "train_computed")).isEqualTo(expected.size());
    assertThat(Counters.count(run, "train_failed")).isEqualTo(1);
    assertThat(Counters.count(run, "train_remembered")).isZero();
    assertThat(Counters.count(run, "train_skipped")).isZero();
    assertThat(TogetherStage.computed()).allMatch(StackedRememberedTest::mayBeTogether);
    assertThat(Counters.count(run, "epochs")).isEqualTo(units.size());
    if (stack.equals("off")) {
      assertThat(TogetherStage.computed()).allMatch(together -> together.size() == 1);
    }
  }

  private static void assertFailure(Failure failure, Unit bad) {
    assertThat(failure.getKey()).isEqualTo(bad.getKey());
    assertThat(failure.getMessage()).isEqualTo("the loss is not finite");
  }

  private static boolean mayBeTogether(List<Unit> units) {
    return units.size() <= 8
        && units.stream()
                .map(unit -> unit.getModels().get(0).getSpec().getWidth())
                .distinct()
                .count()
            == 1;
  }
}
