package dev.terrain.beam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrain.beam.units.Coders;
import dev.terrain.beam.units.Counters;
import dev.terrain.beam.units.RunControl;
import dev.terrain.beam.units.StudyAddress;
import dev.terrain.beam.units.UnitSelection;
import dev.terrain.sweep.Fingerprints;
import dev.terrain.sweep.SpecFilter;
import dev.terrain.v1.Failure;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.weights.Checkpoints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("engine")
final class CheckpointModelsTest {
  private static final List<ModelSpec> SPECS =
      LongStream.range(0, 3).mapToObj(CheckpointModelsTest::spec).toList();
  private static final List<String> MODELS =
      SPECS.stream().map(spec -> Fingerprints.modelId(spec)).toList();

  @TempDir private Path folder;

  private static ModelSpec spec(long seed) {
    return ModelSpec.newBuilder()
        .setDataFraction(0.1)
        .setWidth(2)
        .setDepth(1)
        .setBatchSize(32)
        .setEpochs(1)
        .setStopRule("epochs")
        .setSeed(seed)
        .build();
  }

  private static TestPipeline newPipeline() {
    return TestPipeline.create().enableAbandonedNodeEnforcement(false);
  }

  private PCollection<ModelRef> trained(TestPipeline pipeline) {
    return pipeline
        .apply(Create.of(SPECS).withCoder(Coders.of(ModelSpec.class)))
        .apply(TrainModels.into(study()))
        .results()
        .apply("Trained", TrainModels.trained());
  }

  private StudyAddress study() {
    return new StudyAddress(folder.toString(), null);
  }

  @BeforeEach
  void train() {
    TestPipeline pipeline = newPipeline();
    trained(pipeline);
    pipeline.run();
  }

  private PipelineResult verify(List<String> sound, List<String> bad) {
    return verify(UnitSelection.ALL, sound, bad);
  }

  private PipelineResult verify(UnitSelection selection, List<String> sound, List<String> bad) {
    return verify(study().withControl(RunControl.STANDARD.withSelection(selection)), sound, bad);
  }

  private PipelineResult verify(StudyAddress study, List<String> sound, List<String> bad) {
    TestPipeline pipeline = newPipeline();
    VerifiedModels verified =
        trained(pipeline).apply("CheckpointModels", CheckpointModels.in(study));
    PAssert.that(verified.models())
        .satisfies(
            models -> {
              List<String> ids = new ArrayList<>();
              models.forEach(model -> ids.add(model.getModelId()));
              assertThat(ids).containsExactlyInAnyOrderElementsOf(sound);
              return null;
            });
    PAssert.that(verified.failures())
        .satisfies(
            failures -> {
              assertThat(failures)
                  .allMatch(failure -> failure.getStage().equals("checkpoint"))
                  .extracting(Failure::getModelId)
                  .containsExactlyInAnyOrderElementsOf(bad);
              return null;
            });
    return pipeline.run();
  }

  @Test
  void soundModels_areHandedOnAndVerifiedOnce() {
    PipelineResult first = verify(MODELS, List.of());
    assertThat(Counters.count(first, "checkpoint_computed")).isEqualTo(3);

    PipelineResult second = verify(MODELS, List.of());
    assertThat(Counters.count(second, "checkpoint_remembered")).isEqualTo(3);
    assertThat(Counters.count(second, "checkpoint_computed")).isZero();
  }

  @Test
  void badModel_isAFailureAndTheOthersAreHandedOn() throws IOException {
    Path file = folder.resolve(Checkpoints.name(MODELS.get(1)));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    List<String> others = List.of(MODELS.get(0), MODELS.get(2));
    PipelineResult first = verify(others, List.of(MODELS.get(1)));
    assertThat(Counters.count(first, "checkpoint_failed")).isEqualTo(1);

    Files.write(file, whole);
    PipelineResult restored = verify(MODELS, List.of());
    assertThat(Counters.count(restored, "checkpoint_remembered")).isEqualTo(2);
    assertThat(Counters.count(restored, "checkpoint_computed")).isEqualTo(1);
  }

  /** Their cells are not computed in this run: what is recorded of them is only looked up. */
  @Test
  void modelsThatTheRunDoesNotSelect_areHandedOnAsTheyAre() throws IOException {
    Files.write(folder.resolve(Checkpoints.name(MODELS.get(1))), new byte[] {1});
    UnitSelection first = UnitSelection.ALL.withOnly(SpecFilter.parse("seed == 0"));

    PipelineResult result = verify(first, MODELS, List.of());
    assertThat(Counters.count(result, "checkpoint_computed")).isEqualTo(1);
    assertThat(Counters.count(result, "checkpoint_skipped")).isEqualTo(2);

    PipelineResult again = verify(first, MODELS, List.of());
    assertThat(Counters.count(again, "checkpoint_remembered")).isEqualTo(1);
  }

  @Test
  void soundModels_areCopiedOnce() throws IOException {
    Path copies = folder.resolve("copies");
    StudyAddress study = study().withModelCopies(copies.toString());
    Files.write(folder.resolve(Checkpoints.name(MODELS.get(1))), new byte[] {1});
    List<String> sound = List.of(MODELS.get(0), MODELS.get(2));

    PipelineResult first = verify(study, sound, List.of(MODELS.get(1)));

    assertThat(Counters.count(first, "models_copied")).isEqualTo(2);
    for (String model : sound) {
      assertThat(copies.resolve(Checkpoints.name(model)))
          .hasSameBinaryContentAs(folder.resolve(Checkpoints.name(model)));
    }
    assertThat(copies.resolve(Checkpoints.name(MODELS.get(1)))).doesNotExist();
    PipelineResult second = verify(study, sound, List.of(MODELS.get(1)));
    assertThat(Counters.count(second, "models_copied")).isZero();
  }

  @Test
  void copyOfOtherWeights_isReplaced() throws IOException {
    Path copies = folder.resolve("copies");
    StudyAddress study = study().withModelCopies(copies.toString());
    Path file = folder.resolve(Checkpoints.name(MODELS.get(0)));
    Path copy = copies.resolve(Checkpoints.name(MODELS.get(0)));
    Files.createDirectories(copy.getParent());
    byte[] others = Files.readAllBytes(file);
    int hash = new String(others, StandardCharsets.ISO_8859_1).indexOf("data_sha256") + 20;
    others[hash] = (byte) (others[hash] == '0' ? '1' : '0');
    Files.write(copy, others);

    PipelineResult result = verify(study, MODELS, List.of());

    assertThat(Counters.count(result, "models_copied")).isEqualTo(3);
    assertThat(copy).hasSameBinaryContentAs(file);
  }

  @Test
  void copyThatCannotBeMade_isAFailureAndTheModelIsHandedOn() throws IOException {
    Path occupied = Files.writeString(folder.resolve("occupied"), "no folder");

    PipelineResult result = verify(study().withModelCopies(occupied.toString()), MODELS, MODELS);

    assertThat(Counters.count(result, "checkpoint_failed")).isEqualTo(3);
  }
}
