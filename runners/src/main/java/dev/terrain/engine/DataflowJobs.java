package dev.terrain.engine;

import com.google.common.base.Throwables;
import dev.terrain.pipelines.JobTemplateOptions;
import dev.terrain.pipelines.SubmittedRun;
import dev.terrain.pipelines.SweepRun;
import java.io.IOException;
import java.util.Optional;
import org.apache.beam.runners.dataflow.DataflowJobException;
import org.apache.beam.runners.dataflow.DataflowPipelineJob;
import org.apache.beam.runners.dataflow.util.MonitoringUtil;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;

/** Jobs handed to Google Cloud Dataflow. */
final class DataflowJobs {
  private DataflowJobs() {}

  /**
   * Submits a run.
   *
   * @throws IOException with the service's own words, if it cannot be reached or refuses the job
   */
  static SubmittedRun submit(SweepRun run, PipelineOptions options) throws IOException {
    try {
      return run.submit(options);
    } catch (DataflowJobException e) {
      throw new IOException(e.getMessage(), e);
    } catch (RuntimeException e) {
      Throwable cause = Throwables.getRootCause(e);
      if (cause instanceof IOException) {
        throw new IOException(e.getMessage(), e);
      }
      throw e;
    }
  }

  /** Whether only a template is made. */
  static boolean isTemplate(PipelineOptions options) {
    return options.as(JobTemplateOptions.class).getTemplateLocation() != null;
  }

  /** Where a user finds what was submitted. */
  static Optional<String> whereabouts(PipelineResult result, PipelineOptions options) {
    if (isTemplate(options)) {
      return Optional.of("template: " + options.as(JobTemplateOptions.class).getTemplateLocation());
    }
    if (result instanceof DataflowPipelineJob job) {
      return Optional.of(
          "job: "
              + MonitoringUtil.getJobMonitoringPageURL(
                  job.getProjectId(), job.getRegion(), job.getJobId()));
    }
    return Optional.empty();
  }
}
