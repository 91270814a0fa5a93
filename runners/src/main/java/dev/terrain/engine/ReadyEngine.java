package dev.terrain.engine;

import dev.terrain.cluster.FlinkCluster;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;

/** An engine that can be used now, and for one job. */
public final class ReadyEngine {
  private final int workers;
  private final PipelineOptions options;
  private final Optional<FlinkCluster> cluster;

  private ReadyEngine(int workers, PipelineOptions options, Optional<FlinkCluster> cluster) {
    this.workers = workers;
    this.options = options;
    this.cluster = cluster;
  }

  static ReadyEngine of(int workers, PipelineOptions options) {
    return new ReadyEngine(workers, options, Optional.empty());
  }

  static ReadyEngine on(FlinkCluster cluster, int workers, PipelineOptions options) {
    return new ReadyEngine(workers, options, Optional.of(cluster));
  }

  /** Units of work at a time. */
  public int workers() {
    return workers;
  }

  /** Beam's options for the job. */
  public PipelineOptions options() {
    return options;
  }

  /** Names of the machines that do the work, if they are other processes than this one. */
  public List<String> hosts() throws IOException {
    return cluster.isPresent() ? cluster.get().hosts() : List.of();
  }

  /**
   * Ends the job if it would go on without this process.
   *
   * @throws IOException if the cluster cannot be told
   */
  public void cancel() throws IOException {
    if (cluster.isPresent()) {
      cluster.get().cancel(options.getJobName());
    }
  }

  /**
   * What to tell of a job that ended with an exception: on a cluster, where the cause happened in
   * another process, the cause itself; else the exception as it is.
   */
  public Exception explain(RuntimeException failure) {
    if (cluster.isEmpty()) {
      return failure;
    }
    String job = "the job %s on %s".formatted(options.getJobName(), cluster.get().master());
    IOException lost =
        new IOException(
            job + " was lost with its JobManager; the same command goes on where it was", failure);
    try {
      if (!cluster.get().knows(options.getJobName())) {
        return lost;
      }
      Optional<String> cause = cluster.get().failure(options.getJobName());
      return cause.isEmpty()
          ? failure
          : new IOException("%s failed: %s".formatted(job, cause.get()), failure);
    } catch (IOException e) {
      lost.addSuppressed(e);
      return lost;
    }
  }
}
