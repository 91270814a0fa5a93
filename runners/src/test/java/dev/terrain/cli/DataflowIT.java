package dev.terrain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.dataflow.model.Environment;
import com.google.api.services.dataflow.model.Job;
import com.google.api.services.dataflow.model.WorkerPool;
import dev.terrain.google.FakeGoogle;
import dev.terrain.tables.Table;
import dev.terrain.tables.TableRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar submits to a server that plays Cloud Storage and Dataflow. */
class DataflowIT {
  private static final String SWEEP = "gs://bucket/sweeps/small.yaml";
  private static final String STUDY = "gs://bucket/studies/small";
  private static final String STAGING = "gs://bucket/terrain-dataflow/staging/";
  private static final String SMALL_JAR =
      "--filesToStage=" + Path.of("target", "terrain.jar").toAbsolutePath();

  private static final String LOSSES = "metrics: [losses]\n";

  @TempDir private Path folder;
  private FakeGoogle google;

  @BeforeEach
  void start() throws IOException {
    google = FakeGoogle.start();
    putSweep("");
  }

  @AfterEach
  void stop() {
    assertThat(google.problems()).isEmpty();
    google.close();
  }

  @Test
  void aJobIsStagedSubmittedAwaitedAndChecked() throws IOException {
    Map<Table, List<String>> tables = fillStudy();
    Map<String, Long> counters = new HashMap<>();
    tables.forEach((table, rows) -> counters.put("rows_" + table.folder(), (long) rows.size()));
    counters.put("train_remembered", 4L);
    google.count(counters);
    google.rewriteTables();

    Cli cli = run("--rebuild-tables", "--workers", 10, "--", "--workerMachineType=n2-standard-8");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.err())
        .contains("https://console.cloud.google.com/dataflow/jobs/europe-west1/job-1")
        .contains("4 units: 4 remembered, 0 computed, 0 failed")
        .contains("report: " + STUDY + "/report.html");
    assertThat(google.requests()).contains("POST jobs", "GET job-1", "GET messages", "GET metrics");
    checkStaged(google.sizes(STAGING));
    checkJob(google.jobs().get(0));
    assertThat(tablesInBucket("after")).isEqualTo(tables);
  }

  @Test
  void countersThatDoNotFitAreReportedAndTheTablesLeftAlone() throws IOException {
    Map<Table, List<String>> tables = fillStudy();

    Cli none = run("--rebuild-tables", "--", SMALL_JAR);

    assertThat(none.exitCode()).isEqualTo(ExitCode.INTERNAL_ERROR);
    assertThat(lastLine(none)).contains("tells no counters");
    assertThat(tablesInBucket("after")).isEqualTo(tables);

    google.count(Map.of("rows_models", 5L, "train_computed", 5L));

    google.rewriteTables();

    Cli other = run("--rebuild-tables", "--", SMALL_JAR);

    assertThat(other.exitCode()).isEqualTo(ExitCode.INTERNAL_ERROR);
    assertThat(lastLine(other))
        .contains("5 rows were written to table models, but its files hold 4");
    assertThat(tablesInBucket("at last")).isEqualTo(tables);
  }

  @Test
  void aFailedJobEndsInOneLine() throws IOException {
    google.failJobs("Quota exceeded: C2_CPUS");

    Cli cli = run("--", SMALL_JAR);

    assertThat(cli.exitCode()).isEqualTo(ExitCode.INTERNAL_ERROR);
    assertThat(lastLine(cli)).matches("terrain: the job terrain-small-.* ended in state FAILED");
    assertThat(cli.err()).contains("Quota exceeded: C2_CPUS").doesNotContain("\tat ");
    assertThat(google.sizes(STUDY + "/").keySet()).containsExactly("plan.json");
  }

  @Test
  void aJobThatOthersCancelIsNoError() throws IOException {
    google.cancelJobs("Cancel request is committed for workflow job");

    Cli cli = run("--", SMALL_JAR);

    assertThat(cli.exitCode()).as(cli.err()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(lastLine(cli))
        .matches(
            "terrain: the job terrain-small-.* was cancelled there; the same command goes on where it was");
    assertThat(cli.err()).doesNotContain("internal error", "\tat ");
  }

  @Test
  void aDetachedCommandDoesNotWait() throws IOException {
    Cli cli = run("--detach", "--", SMALL_JAR);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(google.requests()).containsExactly("POST jobs");
  }

  @Test
  void aTemplateIsWrittenAndNotRun() throws IOException {
    Cli cli = run("--", SMALL_JAR, "--templateLocation=gs://bucket/templates/small.json");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.err()).contains("template: gs://bucket/templates/small.json");
    assertThat(google.sizes("gs://bucket/templates/")).containsOnlyKeys("small.json");
    assertThat(google.requests()).isEmpty();
  }

  @Test
  void theMainClassOfTheFlexTemplateEndsWithoutWaiting() throws IOException {
    List<Object> arguments = new ArrayList<>(google());
    arguments.add("--runner=DataflowRunner");
    arguments.add("--gcpTempLocation=gs://bucket/terrain-dataflow");
    arguments.add("--templateLocation=gs://bucket/launches/graph.json");
    arguments.add("--sweep=" + SWEEP);
    arguments.add("--study=" + STUDY);
    arguments.add(SMALL_JAR);

    Cli cli;
    try (JarProcess process =
        JarProcess.startMainIn(
            google.environment(), folder, "dev.terrain.run.SweepMain", arguments.toArray())) {
      cli = process.finish();
    }

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(google.sizes("gs://bucket/launches/")).containsOnlyKeys("graph.json");
    assertThat(google.requests()).isEmpty();
  }

  private static void checkStaged(Map<String, Long> staged) {
    assertThat(staged.keySet())
        .anyMatch(name -> name.startsWith("terrain-") && name.endsWith(".jar"))
        .anyMatch(name -> name.startsWith("pytorch-native-cpu-"))
        .anyMatch(name -> name.startsWith("google-cloud-storage-"))
        .anyMatch(name -> name.startsWith("pipeline-") && name.endsWith(".pb"))
        .noneMatch(name -> name.startsWith("flink-") || name.startsWith("logback-"));
    assertThat(staged.values()).allMatch(size -> size > 0);
  }

  private static void checkJob(Job job) {
    assertThat(job.getUnknownKeys()).isEmpty();
    assertThat(job.getName()).startsWith("terrain-small-");
    assertThat(job.getType()).isEqualTo("JOB_TYPE_BATCH");
    assertThat(job.getLabels()).containsEntry("application", "terrain");
    assertThat(job.getLabels()).containsEntry("sweep", "small");
    Environment environment = job.getEnvironment();
    assertThat(environment.getTempStoragePrefix()).contains("bucket/terrain-dataflow");
    WorkerPool pool = environment.getWorkerPools().get(0);
    assertThat(pool.getMachineType()).isEqualTo("n2-standard-8");
    assertThat(options(environment).get("numberOfWorkerHarnessThreads")).hasToString("8");
    assertThat(pool.getDiskSizeGb()).isEqualTo(50);
    assertThat(pool.getAutoscalingSettings().getMaxNumWorkers()).isEqualTo(2);
    assertThat(pool.getPackages()).allMatch(file -> file.getLocation().contains("bucket"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> options(Environment environment) {
    return (Map<String, Object>) environment.getSdkPipelineOptions().get("options");
  }

  /** Fills the study, as the workers of the job would. */
  private Map<Table, List<String>> fillStudy() throws IOException {
    putSweep(LOSSES);
    Path study = ReferenceStudy.of(SmallSweep.YAML + LOSSES);
    try (Stream<Path> files = Files.walk(study)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        google.put("bucket", "studies/small/" + study.relativize(file), Files.readAllBytes(file));
      }
    }
    return TableRows.of(study);
  }

  private void putSweep(String metrics) {
    String yaml = SmallSweep.YAML + metrics;
    google.put("bucket", "sweeps/small.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }

  private Map<Table, List<String>> tablesInBucket(String name) throws IOException {
    google.copy(STUDY + "/", folder.resolve(name));
    return TableRows.of(folder.resolve(name));
  }

  private Cli run(Object... further) throws IOException {
    List<Object> arguments =
        new ArrayList<>(List.of("run", SWEEP, "--out", STUDY, "--runner", "dataflow"));
    arguments.addAll(List.of(further));
    arguments.addAll(google());
    return start(arguments);
  }

  private Cli start(List<Object> arguments) throws IOException {
    try (JarProcess process =
        JarProcess.startIn(google.environment(), folder, arguments.toArray())) {
      return process.finish();
    }
  }

  private List<String> google() {
    List<String> options = new ArrayList<>(google.options());
    options.add("--dataflowEndpoint=" + google.url() + "/");
    options.add("--project=some-project");
    options.add("--region=europe-west1");
    return options;
  }

  private static String lastLine(Cli cli) {
    return cli.err().lines().reduce("", (first, last) -> last);
  }
}
