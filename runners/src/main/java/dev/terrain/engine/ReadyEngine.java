package dev.terrain.engine;

import dev.terrain.run.SubmittedRun;
import dev.terrain.run.SweepRun;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;

/** An engine that can be used now, and for one job. */
public interface ReadyEngine {
  /** Units of work at a time. */
  int workers();

  /** Beam's options for the job. */
  PipelineOptions options();

  /**
   * Names of the machines that do the work, if they are other processes than this one and see this
   * machine's folders at best.
   */
  default List<String> hosts() throws IOException {
    return List.of();
  }

  /** Whether a job goes on when the command that submitted it is interrupted. */
  default boolean outlivesCommand() {
    return false;
  }

  /** Whether nothing runs: the options ask for a template of the job, to be started by others. */
  default boolean makesTemplate() {
    return false;
  }

  /**
   * Hands a run to this engine.
   *
   * @throws IOException if the study cannot be written, or the engine does not take the run
   */
  default SubmittedRun submit(SweepRun run) throws IOException {
    return run.submit(options());
  }

  /** Where a user finds what was submitted, if not here. */
  default Optional<String> whereabouts(SubmittedRun run) {
    return Optional.empty();
  }

  /**
   * Ends the job when its command is interrupted, unless it {@linkplain #outlivesCommand goes on}.
   *
   * @throws IOException if the engine cannot be told
   */
  default void cancel() throws IOException {}

  /** How long ending the job may take at most before its command ends without. */
  default Duration cancelLimit() {
    return Duration.ofSeconds(10);
  }

  /**
   * What to tell of a job that ended with an exception: where the cause happened in another
   * process, the cause itself; else the exception as it is.
   *
   * @param study the study's folder or bucket
   */
  default Exception explain(RuntimeException failure, String study) {
    return failure;
  }
}
