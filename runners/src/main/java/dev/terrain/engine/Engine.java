package dev.terrain.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** What executes a pipeline. */
public enum Engine {
  /** Flink inside this process: the translation of the cluster, no cost per key. The default. */
  local {
    @Override
    List<String> arguments(int workers) throws IOException {
      return List.of(
          "--runner=FlinkRunner",
          "--flinkMaster=[local]",
          "--parallelism=" + workers,
          // A stage ends before what follows it begins, as on a cluster, where a lost worker then
          // costs its stage only.
          "--executionModeForBatch=BATCH_FORCED",
          // Elements are never changed, so operators of one chain may share them.
          "--fasterCopy=true",
          "--flinkConfDir=" + EmbeddedFlink.configuration(workers));
    }
  },

  /**
   * Beam's DirectRunner: for tests and small sweeps; it takes milliseconds per key and grouping.
   */
  direct {
    @Override
    List<String> arguments(int workers) {
      return List.of("--runner=DirectRunner", "--targetParallelism=" + workers);
    }
  };

  abstract List<String> arguments(int workers) throws IOException;

  /**
   * Options for a run.
   *
   * @param workers units of work at a time
   * @param further options of the engine itself, such as {@code --jobName=x}; they replace ours of
   *     the same name
   * @throws IllegalArgumentException if the engine does not know an option
   * @throws IOException if the engine's configuration cannot be written
   */
  public PipelineOptions options(int workers, List<String> further) throws IOException {
    Set<String> given = further.stream().map(Engine::option).collect(Collectors.toSet());
    List<String> arguments = new ArrayList<>(arguments(workers));
    arguments.removeIf(argument -> given.contains(option(argument)));
    arguments.addAll(further);
    return PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new)).create();
  }

  private static String option(String argument) {
    return argument.split("=", 2)[0];
  }
}
