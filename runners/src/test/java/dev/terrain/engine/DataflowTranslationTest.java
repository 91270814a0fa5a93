package dev.terrain.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.dataflow.model.Job;
import com.google.api.services.dataflow.model.Step;
import dev.terrain.beam.units.StudyAddress;
import dev.terrain.pipelines.SweepPipeline;
import dev.terrain.sweep.SweepFile;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.beam.model.pipeline.v1.RunnerApi;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description of the job that Dataflow would be sent, made without any server. */
@Tag("engine")
class DataflowTranslationTest {
  private static final Sweep SWEEP =
      SweepFile.parse(
          """
          name: small
          base: {depth: 1}
          axes:
            load: {width: [2, 4]}
            temperature: {batch_size: [16]}
          seeds: 2
          """,
          "small");

  private static final StudyAddress STUDY = new StudyAddress("gs://bucket/study", null);

  @TempDir private Path folder;
  private Path jar;

  @BeforeEach
  void makeSomethingToStage() throws IOException {
    jar = Files.writeString(folder.resolve("some.jar"), "staged");
  }

  @Test
  void everyStageIsAStepOfTheJob() throws IOException {
    Job job = translate();

    List<String> steps = job.getSteps().stream().map(DataflowTranslationTest::userName).toList();
    assertThat(steps)
        .doesNotHaveDuplicates()
        .contains("Sweep/Impulse", "ExpandSweep/Expand", "TrainModels/Name units");
    for (String stage :
        List.of(
            "TrainModels/Train",
            "CheckpointModels/Verify",
            "Measure/Measure curvature/",
            "Measure/Measure connectivity/",
            "Measure/Measure similarity/",
            "Measure/Measure distance/")) {
      assertThat(steps)
          .anyMatch(step -> step.startsWith(stage) && step.contains("Look up"))
          .anyMatch(step -> step.startsWith(stage) && step.contains("Compute"));
    }
    assertThat(steps)
        .anyMatch(step -> step.startsWith("SummariseCells/"))
        .anyMatch(step -> step.startsWith("WriteTables/Write/"));
    assertThat(job.getType()).isEqualTo("JOB_TYPE_BATCH");
    assertThat(job.getUnknownKeys()).isEmpty();
  }

  /** A fused step would compute on one worker what another could do. */
  @Test
  void aGroupingLiesBeforeEveryComputation() throws IOException {
    List<Step> steps = translate().getSteps();

    List<String> kinds = steps.stream().map(Step::getKind).toList();
    assertThat(kinds).contains("ParallelRead", "ParallelDo", "GroupByKey", "Flatten");
    List<String> spread =
        steps.stream()
            .filter(step -> step.getKind().equals("GroupByKey"))
            .map(DataflowTranslationTest::userName)
            .filter(name -> name.contains("/Spread/"))
            .toList();
    assertThat(spread).hasSize(6);
  }

  /**
   * Neither Java's serialisation nor a schema that Beam guesses; inside Beam's own writer it is
   * Beam's choice.
   */
  @Test
  void ourCollectionsHaveCodersThatAreChosen() throws IOException {
    translate();
    RunnerApi.Pipeline pipeline;
    try (Stream<Path> staged = Files.list(folder.resolve("staging"))) {
      Path file = staged.filter(path -> path.toString().endsWith(".pb")).findFirst().orElseThrow();
      pipeline = RunnerApi.Pipeline.parseFrom(Files.readAllBytes(file));
    }

    RunnerApi.Components components = pipeline.getComponents();
    Set<String> coders = new TreeSet<>();
    components.getPcollectionsMap().values().stream()
        .filter(collection -> !collection.getUniqueName().startsWith("WriteTables/Write/"))
        // What waits for the files, and what comes after the last step, holds nothing of ours.
        .filter(collection -> !collection.getUniqueName().startsWith("InstallTables/"))
        .forEach(collection -> collect(collection.getCoderId(), components, coders));

    assertThat(coders)
        .containsExactlyInAnyOrder(
            "AvroCoder",
            "CoGbkResult$CoGbkResultCoder",
            "UnionCoder",
            "ValueInSingleWindow$Coder",
            "VarIntCoder",
            "beam:coder:bytes:v1",
            "beam:coder:iterable:v1",
            "beam:coder:kv:v1",
            "beam:coder:string_utf8:v1");
  }

  private static void collect(String coderId, RunnerApi.Components components, Set<String> coders) {
    RunnerApi.Coder coder = components.getCodersOrThrow(coderId);
    coders.add(describe(coder.getSpec()));
    coder.getComponentCoderIdsList().forEach(id -> collect(id, components, coders));
  }

  @Test
  void theImageOfTheWorkersIsTheGivenOne() throws IOException {
    Job job = translate("--sdkContainerImage=host/project/terrain-worker");

    assertThat(job.getEnvironment().getExperiments()).contains("use_runner_v2");
    assertThat(job.getEnvironment().getWorkerPools().get(0).getWorkerHarnessContainerImage())
        .isEqualTo("host/project/terrain-worker");
  }

  private static String userName(Step step) {
    return ((Map<?, ?>) step.getProperties().get("user_name")).get("value").toString();
  }

  private static String describe(RunnerApi.FunctionSpec spec) {
    return spec.getUrn().startsWith("beam:coders:javasdk")
        ? SerializableUtils.deserializeFromByteArray(spec.getPayload().toByteArray(), "a coder")
            .getClass()
            .getName()
            .replaceFirst(".*\\.", "")
        : spec.getUrn();
  }

  private Job translate(String... further) throws IOException {
    Path template = folder.resolve("template.json");
    List<String> given =
        Stream.concat(
                Stream.of(further),
                Stream.of(
                    "--project=some-project",
                    "--region=europe-west1",
                    "--credentialFactoryClass=org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory",
                    "--pathValidatorClass=org.apache.beam.sdk.extensions.gcp.storage.NoopPathValidator",
                    "--gcpTempLocation=" + folder.resolve("temp"),
                    "--stagingLocation=" + folder.resolve("staging"),
                    "--filesToStage=" + jar,
                    "--templateLocation=" + template))
            .toList();
    PipelineOptions options =
        Engine.dataflow
            .ready(new EngineSettings(SWEEP, STUDY, OptionalInt.of(4), Optional.empty(), given))
            .options();
    Pipeline pipeline = Pipeline.create(options);
    SweepPipeline.build(pipeline, SWEEP, STUDY);
    assertThat(pipeline.run()).isNotNull();
    return GsonFactory.getDefaultInstance().fromString(Files.readString(template), Job.class);
  }
}
