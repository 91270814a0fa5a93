package dev.terrain.engine;

import java.io.IOException;
import org.apache.beam.sdk.options.PipelineOptions;

/** An engine inside this process. */
record EngineInProcess(int workers, PipelineOptions options) implements ReadyEngine {
  /** Tells storage that failed, such as a full disk, from faults of the program. */
  @Override
  public Exception explain(RuntimeException failure, String study) {
    IOException trouble = null;
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
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
