package dev.terrain.engine;

import dev.terrain.run.JobCancelledException;
import java.io.IOException;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.flink.runtime.client.JobCancellationException;

/** An engine inside this process. */
record EngineInProcess(int workers, PipelineOptions options) implements ReadyEngine {
  /**
   * Tells storage that failed, such as a full disk, and cancelled jobs from faults of the program.
   */
  @Override
  public Exception explain(RuntimeException failure, String study) {
    IOException trouble = null;
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof JobCancellationException) {
        return new JobCancelledException("the job into " + study, failure);
      }
      if (cause instanceof IOException found) {
        trouble = found;
      }
    }
    return trouble == null
        ? failure
        : new IOException(
            "the run into %s ended early: %s; the same command goes on where it was"
                .formatted(study, trouble.getMessage()),
            failure);
  }
}
