package dev.terrain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.beam.units.Coders;
import dev.terrain.beam.units.Counters;
import dev.terrain.beam.units.Remembered;
import dev.terrain.beam.units.Samples;
import dev.terrain.beam.units.StackLimit;
import dev.terrain.beam.units.StudyAddress;
import dev.terrain.beam.units.TogetherStage;
import dev.terrain.ledger.Ledger;
import dev.terrain.store.ObjectStores;
import dev.terrain.sweep.SweepFile;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Unit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded Flink deals units out to its threads, and they come together all the same. */
@Tag("engine")
class StackedUnitsOnFlinkTest {
  private static final int SEEDS = 20;
  private static final int MOST = 6;

  @TempDir private Path folder;

  @BeforeEach
  void reset() {
    TogetherStage.reset();
  }

  private PipelineResult run(List<Unit> units, Path study, StackLimit stack) throws IOException {
    StudyAddress address = new StudyAddress(study.toString(), null).withStack(stack);
    EngineSettings settings =
        new EngineSettings(
            SweepFile.parse(
                "{axes: {load: {width: [2]}, temperature: {batch_size: [8]}}, seeds: 1}", "test"),
            address,
            OptionalInt.of(2),
            Optional.empty(),
            List.of());
    Pipeline pipeline = Pipeline.create(Engine.local.ready(settings).options());
    pipeline
        .apply(Create.of(units).withCoder(Coders.of(Unit.class)))
        .apply(Remembered.of(new TogetherStage(MOST), address));
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    return result;
  }

  private static List<Unit> units() {
    List<Unit> units = new ArrayList<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      for (int width : new int[] {2, 4}) {
        ModelSpec spec = ModelSpec.newBuilder().setSeed(100 + seed).setWidth(width).build();
        units.add(Samples.training(spec));
      }
    }
    return units;
  }

  @Test
  void unitsOfAllThreadsAreComputedTogetherToTheSameResults() throws IOException {
    List<Unit> units = units();
    Path together = folder.resolve("together");
    Path alone = folder.resolve("alone");

    PipelineResult stacked = run(units, together, StackLimit.AUTO);
    List<Integer> sizes = TogetherStage.computed().stream().map(List::size).toList();
    TogetherStage.reset();
    PipelineResult single = run(units, alone, StackLimit.OFF);

    assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(units.size());
    assertThat(sizes).contains(MOST).allMatch(size -> size <= MOST).hasSizeLessThan(20);
    assertThat(TogetherStage.computed()).hasSize(units.size());
    for (PipelineResult run : List.of(stacked, single)) {
      assertThat(Counters.count(run, "train_computed")).isEqualTo(units.size());
      assertThat(Counters.count(run, "epochs")).isEqualTo(units.size());
      assertThat(Counters.count(run, "train_failed")).isZero();
    }
    for (Unit unit : units) {
      assertThat(ledger(together).find("train", unit.getKey()))
          .isPresent()
          .isEqualTo(ledger(alone).find("train", unit.getKey()));
    }
  }

  private static Ledger ledger(Path study) {
    return new Ledger(ObjectStores.open(study.toString()));
  }
}
