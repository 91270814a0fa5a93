package dev.terrain.engine;

import dev.terrain.cluster.FlinkCluster;
import dev.terrain.cluster.JobJar;
import dev.terrain.cluster.LibraryCheck;
import dev.terrain.cluster.MasterAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** A Flink session cluster as an engine. */
public final class FlinkSession {
  private FlinkSession() {}

  static ReadyEngine open(EngineSettings settings) throws IOException {
    return open(settings.flinkMaster(), settings.workers(), settings.given());
  }

  /**
   * The cluster for an unbounded job, whose checkpoints go where the cluster keeps them.
   *
   * @param flinkMaster the cluster
   * @param workers units of work at a time; by default all slots of the cluster
   * @param given options of the engine itself, such as {@code --savepointPath=…}; they replace ours
   *     of the same name
   * @throws IllegalArgumentException if the cluster cannot be used
   * @throws IOException if the configuration cannot be written
   */
  public static ReadyEngine stream(
      Optional<MasterAddress> flinkMaster, OptionalInt workers, List<String> given)
      throws IOException {
    List<String> streaming = new ArrayList<>(FlinkStreaming.arguments());
    streaming.addAll(given);
    return open(flinkMaster, workers, streaming);
  }

  private static ReadyEngine open(
      Optional<MasterAddress> flinkMaster, OptionalInt wanted, List<String> given)
      throws IOException {
    MasterAddress master =
        flinkMaster.orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--runner flink needs --flink-master HOST:PORT, or a cluster of 'terrain flink up' in this folder"));
    FlinkCluster cluster = FlinkCluster.at(master);
    JobJar jar = JobJar.ofThisProcess();
    LibraryCheck.check(jar, cluster);
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
                master.toString(), workers, ConfigurationFolder.write(configuration())));
    arguments.add("--filesToStage=" + jar.file());
    // By this name the launcher finds the job again, so no other job may have it.
    arguments.add("--jobName=terrain-" + UUID.randomUUID());
    return new EngineOnCluster(cluster, workers, Engine.options(arguments, given));
  }

  /** Of the job, whatever the cluster's own configuration says. */
  private static List<String> configuration() {
    return List.of(
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
  }
}
