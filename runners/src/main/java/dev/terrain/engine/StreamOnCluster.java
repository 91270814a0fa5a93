package dev.terrain.engine;

import dev.terrain.cluster.FlinkCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Flink session cluster as an engine for an unbounded job. The job has its study's name, so that
 * a launcher finds the one that an earlier launcher has left behind; it ends with a savepoint.
 */
public final class StreamOnCluster implements ReadyEngine {
  private static final Logger LOG = LoggerFactory.getLogger(StreamOnCluster.class);
  private static final long POLL_MILLISECONDS = 1000;

  private final EngineOnCluster engine;
  private final Optional<StreamState> state;

  StreamOnCluster(EngineOnCluster engine, Optional<StreamState> state) {
    this.engine = engine;
    this.state = state;
  }

  private FlinkCluster cluster() {
    return engine.cluster();
  }

  private String job() {
    return options().getJobName();
  }

  /** Whether the job runs, though its launcher may have ended. */
  public boolean isUnderWay() throws IOException {
    return cluster().isUnderWay(job());
  }

  /**
   * Waits until the job has ended.
   *
   * @throws IOException if the cluster does not answer any more
   */
  public void awaitEnd() throws IOException {
    while (isUnderWay()) {
      try {
        Thread.sleep(POLL_MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /**
   * Tells whether the job that has ended was stopped.
   *
   * @throws dev.terrain.run.JobCancelledException if it was cancelled
   * @throws IOException if it failed, or the cluster has lost it or does not answer any more
   */
  public void checkEnd() throws IOException {
    Optional<IOException> problem = engine.problem(null);
    if (problem.isPresent()) {
      throw problem.get();
    }
  }

  @Override
  public int workers() {
    return engine.workers();
  }

  @Override
  public PipelineOptions options() {
    return engine.options();
  }

  @Override
  public List<String> hosts() throws IOException {
    return engine.hosts();
  }

  /** Ends the job with a savepoint; without one if it has hardly begun, or is going under. */
  @Override
  public void cancel() throws IOException {
    try {
      cluster().stop(job(), state.map(StreamState::savepoints));
    } catch (IOException e) {
      LOG.warn("{}; it goes on from its last checkpoint", e.getMessage());
      engine.cancel();
    }
  }

  @Override
  public Duration cancelLimit() {
    return FlinkCluster.SAVEPOINT_LIMIT.plus(FlinkCluster.CANCEL_LIMIT);
  }

  @Override
  public Exception explain(RuntimeException failure, String study) {
    return engine.explain(failure, study);
  }
}
