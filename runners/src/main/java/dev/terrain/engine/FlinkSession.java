package dev.terrain.engine;

import dev.terrain.cluster.FlinkCluster;
import dev.terrain.cluster.JobJar;
import dev.terrain.cluster.LibraryCheck;
import dev.terrain.cluster.MasterAddress;
import dev.terrain.cluster.PluginJars;
import dev.terrain.sweep.Fingerprints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Collectors;

/** A Flink session cluster as an engine. */
public final class FlinkSession {
  /** Of a job, whatever the cluster's own configuration says. */
  private static final List<String> CONFIGURATION =
      List.of(
          // Units remember what they have done, so a restart is cheap. What fails ten times within
          // minutes would fail for ever: the job ends with its cause.
          "restart-strategy.type: exponential-delay",
          "restart-strategy.exponential-delay.initial-backoff: 1 s",
          "restart-strategy.exponential-delay.max-backoff: 15 s",
          "restart-strategy.exponential-delay.backoff-multiplier: 2.0",
          "restart-strategy.exponential-delay.reset-backoff-threshold: 10 min",
          "restart-strategy.exponential-delay.attempts-before-reset-backoff: 10",
          // A JobManager that is silent for so long will not come back with the job.
          "rest.retry.max-attempts: 10",
          "rest.retry.delay: 2000");

  private FlinkSession() {}

  static ReadyEngine open(EngineSettings settings) throws IOException {
    // By this name the launcher finds the job again, so no other job may have it.
    List<String> named = List.of("--jobName=terrain-" + UUID.randomUUID());
    return open(settings.flinkMaster(), settings.workers(), named, CONFIGURATION, settings.given());
  }

  /**
   * The cluster for an unbounded job.
   *
   * @param flinkMaster the cluster
   * @param workers units of work at a time; by default all slots of the cluster
   * @param study address of the job's study, which gives it its name
   * @param state where the job's checkpoints are, if the cluster's machines see that folder; by
   *     default they go where the cluster keeps them, and the job begins anew
   * @param given options of the engine itself, such as {@code --savepointPath=…}; they replace ours
   *     of the same name
   * @throws IllegalArgumentException if the cluster cannot be used
   * @throws IOException if the configuration cannot be written
   */
  public static StreamOnCluster stream(
      Optional<MasterAddress> flinkMaster,
      OptionalInt workers,
      String study,
      Optional<StreamState> state,
      List<String> given)
      throws IOException {
    List<String> arguments = new ArrayList<>(FlinkStreaming.arguments());
    arguments.add("--jobName=terrain-watch-" + Fingerprints.of("watch", study).substring(0, 12));
    List<String> configuration = new ArrayList<>(CONFIGURATION);
    if (state.isPresent()) {
      configuration.add("state.checkpoints.dir: " + state.get().checkpoints());
      state.get().last().ifPresent(last -> arguments.add("--savepointPath=" + last));
    }
    return new StreamOnCluster(open(flinkMaster, workers, arguments, configuration, given), state);
  }

  private static EngineOnCluster open(
      Optional<MasterAddress> flinkMaster,
      OptionalInt wanted,
      List<String> more,
      List<String> configuration,
      List<String> given)
      throws IOException {
    MasterAddress master =
        flinkMaster.orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--runner flink needs --flink-master HOST:PORT, or a cluster of 'terrain flink up' in this folder"));
    FlinkCluster cluster = FlinkCluster.at(master);
    JobJar jar = JobJar.ofThisProcess();
    List<Path> travelling = LibraryCheck.check(jar, PluginJars.ofThisProcess(jar), cluster);
    int slots = cluster.overview().slots();
    if (slots == 0) {
      throw new IllegalArgumentException(
          "the cluster at %s has no slots: none of its TaskManagers has registered"
              .formatted(master));
    }
    int workers = wanted.orElse(slots);
    if (workers > slots) {
      throw new IllegalArgumentException(
          "--workers (%d) must be at most the slots of the cluster at %s (%d)"
              .formatted(workers, master, slots));
    }
    List<String> arguments =
        new ArrayList<>(
            FlinkArguments.of(
                master.toString(), workers, ConfigurationFolder.write(configuration)));
    arguments.add(
        "--filesToStage="
            + travelling.stream().map(Path::toString).collect(Collectors.joining(",")));
    arguments.addAll(more);
    return new EngineOnCluster(cluster, workers, Engine.options(arguments, given));
  }
}
