package dev.terrain.engine;

import dev.terrain.run.SharedStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;

/** Settings of a job of Google Cloud Dataflow, each replaced by what the user gives. */
final class DataflowSettings {
  /**
   * Four vCPUs and 16 GiB. The series has one processor only, so that every worker computes the
   * same bits; most others mix generations or vendors, whose vectorised kernels round differently.
   */
  static final String MACHINE_TYPE = "c2-standard-4";

  /** Units of work at a time; bounds the cost: eight machines of the default type. */
  static final int WORKERS = 32;

  /** Results go to the bucket, so a disk holds the image, the jars and their natives. */
  private static final int DISK_GIB = 50;

  private static final String TEMPORARY = "terrain-dataflow";
  private static final Pattern BUCKET = Pattern.compile("(gs://[^/]+).*");

  /** Longest label of Google Cloud; a job's name is kept as short. */
  private static final int LABEL_LENGTH = 63;

  private final EngineSettings job;

  private DataflowSettings(EngineSettings job) {
    this.job = job;
  }

  /**
   * Options of a job.
   *
   * @throws IllegalArgumentException if a machine type is given whose vCPUs are unknown
   */
  static List<String> of(EngineSettings job) {
    return new DataflowSettings(job).arguments();
  }

  /**
   * Dataflow, ready for a job.
   *
   * @throws IllegalArgumentException naming all that is missing, one line each
   */
  static ReadyEngine ready(EngineSettings job) {
    PipelineOptions options = Engine.options(of(job), job.given());
    check(job, options);
    return new EngineOnDataflow(job.workersOr(WORKERS), options);
  }

  private List<String> arguments() {
    int threads = threads();
    List<String> arguments = new ArrayList<>();
    arguments.add("--runner=DataflowRunner");
    arguments.add("--jobName=" + name());
    arguments.add("--labels={\"application\":\"terrain\",\"sweep\":\"" + label() + "\"}");
    Matcher bucket = BUCKET.matcher(job.address().study());
    if (bucket.matches() && !job.gives("tempLocation")) {
      // Beside the studies: the staged jars serve all that are in the bucket.
      arguments.add("--gcpTempLocation=" + bucket.group(1) + "/" + TEMPORARY);
    }
    arguments.add("--workerMachineType=" + MACHINE_TYPE);
    // A unit has one thread of torch, so a machine takes as many units as it has vCPUs.
    arguments.add("--numberOfWorkerHarnessThreads=" + threads);
    arguments.add("--maxNumWorkers=" + (job.workersOr(WORKERS) + threads - 1) / threads);
    arguments.add("--diskSizeGb=" + DISK_GIB);
    if (job.gives("sdkContainerImage")) {
      // The older workers take no image of ours.
      arguments.add("--experiments=use_runner_v2");
    }
    if (!job.gives("filesToStage")) {
      arguments.add("--filesToStage=" + String.join(",", StagedFiles.ofClassPath()));
    }
    return arguments;
  }

  private int threads() {
    String type = job.value("workerMachineType").orElse(MACHINE_TYPE);
    OptionalInt vcpus = MachineType.vcpus(type);
    if (job.gives("numberOfWorkerHarnessThreads")) {
      try {
        return Math.max(1, Integer.parseInt(job.value("numberOfWorkerHarnessThreads").get()));
      } catch (NumberFormatException e) {
        // Beam says what is wrong with it.
        return 1;
      }
    }
    return vcpus.orElseThrow(
        () ->
            new IllegalArgumentException(
                "machine type "
                    + type
                    + ": its name does not tell the number of vCPUs; add --numberOfWorkerHarnessThreads=N"));
  }

  /**
   * One study has one name, and Dataflow refuses a second active job of a name: two triggers cannot
   * pay for the same work.
   */
  private String name() {
    String hash = "%08x".formatted(job.address().study().replaceAll("/+$", "").hashCode());
    String sweep = label().replace('_', '-');
    int room = LABEL_LENGTH - "terrain--".length() - hash.length();
    return "terrain-" + sweep.substring(0, Math.min(room, sweep.length())) + "-" + hash;
  }

  /** The sweep's name in the characters of a label. */
  private String label() {
    String text = job.sweep().getName().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "-");
    return text.substring(0, Math.min(LABEL_LENGTH, text.length()));
  }

  /**
   * Makes sure that a job has what it needs.
   *
   * @throws IllegalArgumentException naming all that is missing, one line each
   */
  static void check(EngineSettings job, PipelineOptions options) {
    DataflowPipelineOptions dataflow = options.as(DataflowPipelineOptions.class);
    List<String> problems = new ArrayList<>();
    if (isMissing(dataflow.getProject())) {
      problems.add("a project is needed: add --project=PROJECT after --");
    }
    if (isMissing(dataflow.getRegion())) {
      problems.add("a region is needed: add --region=REGION, such as europe-west1, after --");
    }
    problems.addAll(SharedStorage.problems(job.sweep(), job.address()));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("dataflow: " + String.join("\ndataflow: ", problems));
    }
  }

  private static boolean isMissing(String value) {
    return value == null || value.isBlank();
  }
}
