package dev.terrain.engine;

import dev.terrain.pipelines.SubmittedRun;
import dev.terrain.pipelines.SweepRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** What executes a pipeline. */
public enum Engine {
  /** Flink inside this process: the translation of the cluster, no cost per key. The default. */
  local {
    @Override
    List<String> arguments(EngineJob job) throws IOException {
      return List.of(
          "--runner=FlinkRunner",
          "--flinkMaster=[local]",
          "--parallelism=" + job.workers(),
          // A stage ends before what follows it begins, as on a cluster, where a lost worker then
          // costs its stage only.
          "--executionModeForBatch=BATCH_FORCED",
          // Elements are never changed, so operators of one chain may share them.
          "--fasterCopy=true",
          "--flinkConfDir=" + EmbeddedFlink.configuration(job.workers()));
    }
  },

  /**
   * Beam's DirectRunner: for tests and small sweeps; it takes milliseconds per key and grouping.
   */
  direct {
    @Override
    List<String> arguments(EngineJob job) {
      return List.of("--runner=DirectRunner", "--targetParallelism=" + job.workers());
    }
  },

  /** Google Cloud Dataflow. */
  dataflow {
    @Override
    List<String> arguments(EngineJob job) {
      return DataflowSettings.of(job);
    }

    @Override
    void check(EngineJob job, PipelineOptions options) {
      DataflowSettings.check(job, options);
    }

    @Override
    public int defaultWorkers() {
      return DataflowSettings.WORKERS;
    }

    @Override
    public boolean outlivesCommand() {
      return true;
    }

    @Override
    public SubmittedRun submit(SweepRun run, PipelineOptions options) throws IOException {
      return DataflowJobs.submit(run, options);
    }

    @Override
    public Optional<String> whereabouts(SubmittedRun run, PipelineOptions options) {
      return DataflowJobs.whereabouts(run.result(), options);
    }

    @Override
    public boolean makesTemplate(PipelineOptions options) {
      return DataflowJobs.isTemplate(options);
    }
  };

  abstract List<String> arguments(EngineJob job) throws IOException;

  void check(EngineJob job, PipelineOptions options) {}

  /** Units of work at a time if the user does not say. */
  public int defaultWorkers() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** Whether a job goes on when the command that submitted it ends. */
  public boolean outlivesCommand() {
    return false;
  }

  /**
   * Hands a run to this engine.
   *
   * @throws IOException if the study cannot be written, or the engine does not take the run
   */
  public SubmittedRun submit(SweepRun run, PipelineOptions options) throws IOException {
    return run.submit(options);
  }

  /** Where a user finds what was submitted, if not here. */
  public Optional<String> whereabouts(SubmittedRun run, PipelineOptions options) {
    return Optional.empty();
  }

  /** Whether nothing runs: the options ask for a template of the job, to be started by others. */
  public boolean makesTemplate(PipelineOptions options) {
    return false;
  }

  /**
   * Options for a run.
   *
   * @throws IllegalArgumentException if the engine does not know an option, or lacks something
   * @throws IOException if the engine's configuration cannot be written
   */
  public PipelineOptions options(EngineJob job) throws IOException {
    Set<String> given = job.given().stream().map(Engine::option).collect(Collectors.toSet());
    List<String> arguments = new ArrayList<>(arguments(job));
    arguments.removeIf(argument -> given.contains(option(argument)));
    arguments.addAll(job.given());
    PipelineOptions options =
        PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new)).create();
    check(job, options);
    return options;
  }

  private static String option(String argument) {
    return argument.split("=", 2)[0];
  }
}
