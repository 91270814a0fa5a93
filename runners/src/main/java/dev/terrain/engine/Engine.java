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
    public ReadyEngine ready(EngineSettings settings) throws IOException {
      int workers = settings.workersOr(Runtime.getRuntime().availableProcessors());
      List<String> arguments =
          FlinkArguments.of(
              "[local]", workers, ConfigurationFolder.write(EmbeddedFlink.configuration(workers)));
      return new EngineInProcess(workers, options(arguments, settings.given()));
    }
  },

  /**
   * Beam's DirectRunner: for tests and small sweeps; it takes milliseconds per key and grouping.
   */
  direct {
    @Override
    public ReadyEngine ready(EngineSettings settings) {
      int workers = settings.workersOr(Runtime.getRuntime().availableProcessors());
      return new EngineInProcess(
          workers,
          options(
              List.of("--runner=DirectRunner", "--targetParallelism=" + workers),
              settings.given()));
    }
  },

  /** A Flink session cluster, which has the build's libraries and takes its jar. */
  flink {
    @Override
    public ReadyEngine ready(EngineSettings settings) throws IOException {
      return FlinkSession.open(settings);
    }
  },

  /** Google Cloud Dataflow. */
  dataflow {
    @Override
    public ReadyEngine ready(EngineSettings settings) throws IOException {
      return DataflowSettings.ready(settings);
    }
  };

  /**
   * Makes sure that the engine can be used, and says how.
   *
   * @throws IllegalArgumentException if the engine does not know an option, or cannot be used with
   *     these settings: something is missing, no cluster answers, it has no slots, or other
   *     libraries
   * @throws IOException if the engine's configuration cannot be written
   */
  public abstract ReadyEngine ready(EngineSettings settings) throws IOException;

  /** Our options of an engine, but for those that the given ones replace. */
  static PipelineOptions options(List<String> ours, List<String> given) {
    Set<String> names = given.stream().map(Engine::option).collect(Collectors.toSet());
    List<String> arguments = new ArrayList<>(ours);
    arguments.add("--awsRegion=" + AmazonRegion.usual());
    arguments.removeIf(argument -> names.contains(option(argument)));
    arguments.addAll(given);
    return PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new)).create();
  }

  private static String option(String argument) {
    return argument.split("=", 2)[0];
  }
}
