package dev.terrain.cli;

import dev.terrain.beam.units.StudyAddress;
import dev.terrain.cluster.MasterAddress;
import dev.terrain.engine.Engine;
import dev.terrain.engine.EngineSettings;
import dev.terrain.engine.FlinkSession;
import dev.terrain.engine.ReadyEngine;
import dev.terrain.engine.StreamOnCluster;
import dev.terrain.engine.StreamState;
import dev.terrain.run.SweepRun;
import dev.terrain.surface.EngineArithmetic;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Which engine does the work. */
final class EngineOptions {
  private static final Logger LOG = LoggerFactory.getLogger(EngineOptions.class);

  @Option(
      names = "--runner",
      paramLabel = "ENGINE",
      defaultValue = "local",
      description =
          "Engine: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE} (Flink inside this process).")
  private Engine engine;

  @Option(
      names = "--flink-master",
      paramLabel = "HOST:PORT",
      description =
          "Flink cluster of --runner flink. Default: the one that 'terrain flink up' started in this folder.")
  private String flinkMaster;

  /**
   * Begins to load the libraries that compute, where they are this process's: it takes as long as
   * making the engine ready does.
   */
  void loadAhead() {
    if (engine != Engine.local && engine != Engine.direct) {
      return;
    }
    Thread thread = new Thread(EngineOptions::load, "engine-libraries");
    thread.setDaemon(true);
    thread.start();
  }

  private static void load() {
    try {
      EngineArithmetic.ofThisProcess();
    } catch (RuntimeException | LinkageError e) {
      // Whoever computes meets it again, and fails with it.
      LOG.debug("the libraries that compute cannot be loaded ahead", e);
    }
  }

  ReadyEngine ready(SweepRun run, SweepArguments arguments, List<String> given) throws IOException {
    StudyAddress address =
        new StudyAddress(arguments.study(), run.dataLocation()).withModelCopies(run.modelCopies());
    return engine.ready(
        new EngineSettings(run.sweep(), address, arguments.workers(), master(), given));
  }

  /** Whether an unbounded job is for a cluster, or to run inside this process. */
  boolean streamsOnCluster() {
    if (engine != Engine.local && engine != Engine.flink) {
      throw new IllegalArgumentException(
          "--runner (%s) must be local or flink for an unbounded job".formatted(engine));
    }
    return engine == Engine.flink;
  }

  /** The cluster for an unbounded job. */
  StreamOnCluster stream(
      OptionalInt workers, String study, Optional<StreamState> state, List<String> given)
      throws IOException {
    return FlinkSession.stream(master(), workers, study, state, given);
  }

  private Optional<MasterAddress> master() throws IOException {
    if (flinkMaster != null) {
      if (engine != Engine.flink) {
        throw new IllegalArgumentException(
            "--flink-master (%s) needs --runner flink".formatted(flinkMaster));
      }
      return Optional.of(MasterAddress.parse(flinkMaster));
    }
    return engine == Engine.flink ? ClusterOption.usual().master() : Optional.empty();
  }
}
