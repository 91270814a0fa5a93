package dev.terrain.engine;

import dev.terrain.cluster.ClusterJob;
import dev.terrain.cluster.FlinkCluster;
import dev.terrain.run.JobCancelledException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;

/** A Flink session cluster with enough slots. */
record EngineOnCluster(FlinkCluster cluster, int workers, PipelineOptions options)
    implements ReadyEngine {
  @Override
  public List<String> hosts() throws IOException {
    return cluster.hosts();
  }

  @Override
  public void cancel() throws IOException {
    cluster.cancel(options.getJobName());
  }

  @Override
  public Duration cancelLimit() {
    return FlinkCluster.CANCEL_LIMIT;
  }

  @Override
  public Exception explain(RuntimeException failure, String study) {
    try {
      return problem(failure)
          .orElseGet(
              () ->
                  new IOException(
                      job() + " is out of sight, and may go on; the same command goes on, too",
                      failure));
    } catch (IOException e) {
      IOException lost = lost(failure);
      lost.addSuppressed(e);
      return lost;
    }
  }

  /**
   * Why the job has not ended well; empty if it has, or goes on.
   *
   * @param failure how this process came to know, or null
   * @throws IOException if the cluster does not answer
   */
  Optional<IOException> problem(RuntimeException failure) throws IOException {
    Optional<ClusterJob> last = cluster.last(options.getJobName());
    if (last.isEmpty()) {
      return Optional.of(lost(failure));
    }
    return switch (last.get().state()) {
      case "CANCELED", "CANCELLING" -> Optional.of(new JobCancelledException(job(), failure));
      case "FAILED", "FAILING" ->
          Optional.of(
              new IOException(
                  "%s failed: %s"
                      .formatted(
                          job(),
                          cluster
                              .failure(options.getJobName())
                              .orElse("its cluster does not know why")),
                  failure));
      default -> Optional.empty();
    };
  }

  private IOException lost(RuntimeException failure) {
    return new IOException(
        job() + " was lost with its JobManager; the same command goes on where it was", failure);
  }

  private String job() {
    return "the job %s on %s".formatted(options.getJobName(), cluster.master());
  }
}
