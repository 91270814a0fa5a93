package dev.terrain.run;

import java.io.IOException;
import org.apache.beam.sdk.PipelineResult;

/** A run that its engine has taken on. */
public final class SubmittedRun {
  private final PipelineResult result;
  private final Completion completion;

  SubmittedRun(PipelineResult result, Completion completion) {
    this.result = result;
    this.completion = completion;
  }

  /** What is left to do at the end. */
  interface Completion {
    RunSummary await(PipelineResult result) throws IOException;
  }

  /** The engine's own view of it. */
  public PipelineResult result() {
    return result;
  }

  /**
   * Waits for the end, checks the tables and draws the report.
   *
   * @throws IOException if the pipeline did not end well, the study cannot be written, or a table
   *     does not hold what was written to it
   */
  public RunSummary finish() throws IOException {
    return completion.await(result);
  }
}
