package dev.terrain.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.terrain.beam.units.StudyAddress;
import dev.terrain.sweep.SweepFile;
import dev.terrain.v1.Sweep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.beam.runners.dataflow.options.DataflowPipelineDebugOptions;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.runners.dataflow.options.DataflowPipelineWorkerPoolOptions;
import org.apache.beam.sdk.options.ExperimentalOptions;
import org.junit.jupiter.api.Test;

class DataflowSettingsTest {
  private static final String STUDY = "gs://bucket/studies/one";

  @Test
  void aJobHasSettingsThatSuitTrainings() throws IOException {
    DataflowPipelineOptions options = options(STUDY, 32);
    DataflowPipelineWorkerPoolOptions pool = options.as(DataflowPipelineWorkerPoolOptions.class);

    assertThat(options.getRunner().getSimpleName()).isEqualTo("DataflowRunner");
    assertThat(options.getGcpTempLocation()).isEqualTo("gs://bucket/terrain-dataflow");
    assertThat(options.getLabels()).containsEntry("application", "terrain");
    assertThat(options.getLabels()).containsEntry("sweep", "my_sweep-2");
    assertThat(pool.getWorkerMachineType()).isEqualTo("c2-standard-4");
    assertThat(threads(options)).isEqualTo(4);
    assertThat(pool.getMaxNumWorkers()).isEqualTo(8);
    assertThat(pool.getDiskSizeGb()).isEqualTo(50);
    assertThat(pool.getSdkContainerImage()).isNull();
    assertThat(options.as(ExperimentalOptions.class).getExperiments()).isNull();
  }

  @Test
  void threadsAreTheVcpusOfTheMachineType() throws IOException {
    DataflowPipelineOptions options = options(STUDY, 20, "--workerMachineType=n2-standard-16");

    assertThat(threads(options)).isEqualTo(16);
    assertThat(options.as(DataflowPipelineWorkerPoolOptions.class).getMaxNumWorkers()).isEqualTo(2);
  }

  @Test
  void anImageOfOursNeedsTheNewerWorkers() throws IOException {
    DataflowPipelineOptions options = options(STUDY, 4, "--sdkContainerImage=host/project/image");

    assertThat(options.as(ExperimentalOptions.class).getExperiments())
        .containsExactly("use_runner_v2");
  }

  @Test
  void whatIsGivenReplacesOurs() throws IOException {
    DataflowPipelineOptions options =
        options(
            STUDY,
            32,
            "--jobName=mine",
            "--gcpTempLocation=gs://other/temp",
            "--numberOfWorkerHarnessThreads=2",
            "--maxNumWorkers=3",
            "--diskSizeGb=99",
            "--labels={\"team\":\"x\"}",
            "--serviceAccount=worker@some-project.iam.gserviceaccount.com",
            "--dataflowServiceOptions=worker_accelerator=type:nvidia-l4;count:1");
    DataflowPipelineWorkerPoolOptions pool = options.as(DataflowPipelineWorkerPoolOptions.class);

    assertThat(options.getJobName()).isEqualTo("mine");
    assertThat(options.getGcpTempLocation()).isEqualTo("gs://other/temp");
    assertThat(threads(options)).isEqualTo(2);
    assertThat(pool.getMaxNumWorkers()).isEqualTo(3);
    assertThat(pool.getDiskSizeGb()).isEqualTo(99);
    assertThat(options.getLabels()).containsOnlyKeys("team");
    assertThat(options.getServiceAccount()).startsWith("worker@");
    assertThat(options.getDataflowServiceOptions()).hasSize(1);
  }

  @Test
  void aStudyHasOneJobNameAndAnotherStudyAnother() throws IOException {
    String name = options(STUDY, 1).getJobName();

    assertThat(name).matches("terrain-my-sweep-2-[0-9a-f]{8}");
    assertThat(options(STUDY + "/", 9).getJobName()).isEqualTo(name);
    assertThat(options("gs://bucket/studies/two", 1).getJobName()).isNotEqualTo(name);
  }

  @Test
  void everythingThatIsMissingIsNamed() {
    EngineSettings job = job("some/folder", null, "dataset: fashion-mnist", 1, List.of());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Engine.dataflow.ready(withBlankPlace(job)))
        .withMessageContainingAll(
            "a project is needed",
            "--project=",
            "a region is needed",
            "--region=",
            "the study (some/folder) must be a gs:// address",
            "the files of the data set fashion-mnist",
            "--data=gs://")
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(4));
  }

  @Test
  void dataInABucketWillDo() throws IOException {
    EngineSettings job = job(STUDY, "gs://bucket/data", "dataset: fashion-mnist", 1, given());

    assertThat(Engine.dataflow.ready(job)).isNotNull();
  }

  @Test
  void aMachineTypeWithoutVcpusInItsNameNeedsThreads() throws IOException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options(STUDY, 1, "--workerMachineType=a2-highgpu-1g"))
        .withMessageContaining("a2-highgpu-1g")
        .withMessageContaining("--numberOfWorkerHarnessThreads=N");
    assertThat(
            threads(
                options(
                    STUDY,
                    1,
                    "--workerMachineType=a2-highgpu-1g",
                    "--numberOfWorkerHarnessThreads=12")))
        .isEqualTo(12);
  }

  private static int threads(DataflowPipelineOptions options) {
    return options.as(DataflowPipelineDebugOptions.class).getNumberOfWorkerHarnessThreads();
  }

  private static DataflowPipelineOptions options(String study, int workers, String... given)
      throws IOException {
    return Engine.dataflow
        .ready(job(study, null, "depth: 1", workers, given(given)))
        .options()
        .as(DataflowPipelineOptions.class);
  }

  private static List<String> given(String... further) {
    List<String> given = new ArrayList<>(List.of(further));
    given.add("--project=some-project");
    given.add("--region=europe-west1");
    given.add(
        "--credentialFactoryClass=org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory");
    given.add("--pathValidatorClass=org.apache.beam.sdk.extensions.gcp.storage.NoopPathValidator");
    return given;
  }

  /** Whatever the machine's own configuration says. */
  private static EngineSettings withBlankPlace(EngineSettings job) {
    return new EngineSettings(
        job.sweep(),
        job.address(),
        job.workers(),
        Optional.empty(),
        List.of("--project=", "--region="));
  }

  private static EngineSettings job(
      String study, String data, String base, int workers, List<String> given) {
    Sweep sweep =
        SweepFile.parse(
            "name: My_sweep/2\nbase: {"
                + base
                + "}\naxes:\n  load: {width: [2]}\n"
                + "  temperature: {batch_size: [16]}\nseeds: 2\n",
            "test");
    return new EngineSettings(
        sweep, new StudyAddress(study, data), OptionalInt.of(workers), Optional.empty(), given);
  }
}
