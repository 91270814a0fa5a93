package dev.terrain.engine;

import dev.terrain.cluster.FlinkCluster;
import java.io.IOException;
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
  public Exception explain(RuntimeException failure, String study) {
    String job = "the job %s on %s".formatted(options.getJobName(), cluster.master());
    IOException lost =
        new IOException(
            job + " was lost with its JobManager; the same command goes on where it was", failure);
    try {
      if (!cluster.knows(options.getJobName())) {
        return lost;
      }
      Optional<String> cause = cluster.failure(options.getJobName());
      return cause.isEmpty()
          ? failure
          : new IOException("%s failed: %s".formatted(job, cause.get()), failure);
    } catch (IOException e) {
      lost.addSuppressed(e);
      return lost;
    }
  }
}
