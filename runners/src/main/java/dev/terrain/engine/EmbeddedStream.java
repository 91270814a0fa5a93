package dev.terrain.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The Flink inside this process as an engine for an unbounded job, which goes on from the last
 * checkpoint of its state.
 */
public final class EmbeddedStream {
  private EmbeddedStream() {}

  /**
   * The engine, ready for the job.
   *
   * @param state where the job's checkpoints are
   * @param workers units of work at a time
   * @param further options of Flink itself; they replace ours of the same name
   * @throws IOException if the configuration cannot be written
   */
  public static ReadyEngine ready(StreamState state, int workers, List<String> further)
      throws IOException {
    List<String> configuration = new ArrayList<>(EmbeddedFlink.configuration(workers));
    configuration.add("state.checkpoints.dir: " + state.checkpoints());
    state
        .last()
        .ifPresent(
            last -> {
              configuration.add("execution.savepoint.path: " + last);
              // The job that made it is gone: this one removes it when it has better ones.
              configuration.add("execution.savepoint-restore-mode: CLAIM");
            });
    // Whatever fails for ever shall be told within minutes.
    configuration.add("restart-strategy.type: exponential-delay");
    configuration.add("restart-strategy.exponential-delay.initial-backoff: 1 s");
    configuration.add("restart-strategy.exponential-delay.max-backoff: 30 s");
    configuration.add("restart-strategy.exponential-delay.attempts-before-reset-backoff: 10");
    List<String> arguments = new ArrayList<>(FlinkStreaming.arguments());
    arguments.addAll(
        List.of(
            "--runner=FlinkRunner",
            "--flinkMaster=[local]",
            "--parallelism=" + workers,
            "--fasterCopy=true",
            "--flinkConfDir=" + ConfigurationFolder.write(configuration)));
    return new EngineInProcess(workers, Engine.options(arguments, further));
  }
}
