package dev.terrain.beam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.beam.tables.UnitRows;
import dev.terrain.beam.units.Coders;
import dev.terrain.beam.units.Counters;
import dev.terrain.beam.units.FinishedUnits;
import dev.terrain.beam.units.StudyAddress;
import dev.terrain.sweep.Fingerprints;
import dev.terrain.v1.Model;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.ModelStatus;
import dev.terrain.v1.UnitResult;
import dev.terrain.weights.Checkpoints;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("engine")
final class TrainModelsTest {
  private static final ModelSpec GOOD =
      ModelSpec.newBuilder()
          .setDataFraction(0.1)
          .setWidth(2)
          .setDepth(1)
          .setBatchSize(32)
          .setEpochs(2)
          .setStopRule("epochs")
          .build();

  /** Weight decay this strong multiplies the weights by about a million each step. */
  private static final ModelSpec EXPLOSIVE =
      ModelSpec.newBuilder(GOOD).setLearningRate(1000).setWeightDecay(1000).setEpochs(5).build();

  @TempDir private Path folder;

  private FinishedUnits train(TestPipeline pipeline, ModelSpec... specs) {
    return pipeline
        .apply(Create.of(List.of(specs)).withCoder(Coders.of(ModelSpec.class)))
        .apply(TrainModels.into(new StudyAddress(folder.toString(), null)));
  }

  private static TestPipeline newPipeline() {
    return TestPipeline.create().enableAbandonedNodeEnforcement(false);
  }

  @Test
  void specs_areTrainedOnceAndTheDivergedLeftOutOfWhatIsMeasured() {
    TestPipeline first = newPipeline();
    FinishedUnits finished = train(first, GOOD, EXPLOSIVE);
    PAssert.that(finished.failures()).empty();
    PAssert.that(finished.results().apply(UnitRows.of(Model.class, UnitResult::getModels)))
        .satisfies(
            rows -> {
              List<ModelStatus> statuses = new ArrayList<>();
              rows.forEach(row -> statuses.add(row.getStatus()));
              assertThat(statuses)
                  .containsExactlyInAnyOrder(ModelStatus.TRAINED, ModelStatus.DIVERGED);
              return null;
            });
    PAssert.thatSingleton(finished.results().apply("Trained", TrainModels.trained()))
        .satisfies(
            model -> {
              assertThat(model.getSpec()).isEqualTo(GOOD);
              assertThat(model.getModelId()).isEqualTo(Fingerprints.modelId(GOOD));
              return null;
            });
    PipelineResult run = first.run();
    assertThat(Counters.count(run, "train_computed")).isEqualTo(2);

    TestPipeline second = newPipeline();
    PAssert.that(train(second, GOOD, EXPLOSIVE).results())
        .satisfies(
            results -> {
              assertThat(results).hasSize(2);
              return null;
            });
    PipelineResult again = second.run();
    assertThat(Counters.count(again, "train_remembered")).isEqualTo(2);
    assertThat(Counters.count(again, "train_computed")).isZero();
    assertThat(Counters.count(again, "epochs")).isZero();
  }

  @Test
  void training_countsItsProgressAndLeavesOnlyTheCheckpoint() {
    TestPipeline pipeline = newPipeline();
    PAssert.thatSingleton(train(pipeline, GOOD).results())
        .satisfies(
            result -> {
              assertThat(result.getValue().getMeasurements()).hasSize(4);
              return null;
            });
    PipelineResult run = pipeline.run();
    assertThat(Counters.count(run, "epochs")).isEqualTo(2);
    assertThat(Counters.count(run, "training_examples")).isEqualTo(2 * 4 * 32);
    String modelId = Fingerprints.modelId(GOOD);
    assertThat(folder.resolve(Checkpoints.name(modelId))).exists();
    assertThat(folder.resolve(Checkpoints.progressName(modelId))).doesNotExist();
  }

  @Test
  void specThatCannotBeTrained_isAFailureOfItsModel() {
    ModelSpec spec = ModelSpec.newBuilder(GOOD).setBatchSize(144).build();
    TestPipeline pipeline = newPipeline();
    PAssert.thatSingleton(train(pipeline, spec).failures())
        .satisfies(
            failure -> {
              assertThat(failure.getStage()).isEqualTo("train");
              assertThat(failure.getModelId()).isEqualTo(Fingerprints.modelId(spec));
              assertThat(failure.getMessage()).contains("batch_size (144)", "(143)");
              return null;
            });
    assertThat(Counters.count(pipeline.run(), "train_failed")).isEqualTo(1);
  }

  @Test
  void specWhoseDataAreMissing_isAFailureThatNamesThemAndTheOthersGoOn() {
    Path nowhere = folder.resolve("nowhere");
    ModelSpec spec = ModelSpec.newBuilder(GOOD).setDataset("fashion-mnist").build();
    TestPipeline pipeline = newPipeline();
    FinishedUnits finished =
        pipeline
            .apply(Create.of(spec, GOOD).withCoder(Coders.of(ModelSpec.class)))
            .apply(TrainModels.into(new StudyAddress(folder.toString(), nowhere.toString())));
    String file = nowhere.toString();
    PAssert.thatSingleton(finished.failures())
        .satisfies(
            failure -> {
              assertThat(failure.getStage()).isEqualTo("train");
              assertThat(failure.getKey()).isNull();
              assertThat(failure.getModelId()).isEqualTo(Fingerprints.modelId(spec));
              assertThat(failure.getCellId()).isEqualTo(Fingerprints.cellId(spec));
              assertThat(failure.getMessage()).contains(file);
              return null;
            });
    PipelineResult run = pipeline.run();
    assertThat(Counters.count(run, "train_failed")).isEqualTo(1);
    assertThat(Counters.count(run, "train_computed")).isEqualTo(1);
  }
}
