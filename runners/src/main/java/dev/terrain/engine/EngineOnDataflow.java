package dev.terrain.engine;

import com.google.common.base.Throwables;
import dev.terrain.run.JobTemplateOptions;
import dev.terrain.run.SubmittedRun;
import dev.terrain.run.SweepRun;
import java.io.IOException;
import java.util.Optional;
import org.apache.beam.runners.dataflow.DataflowJobException;
import org.apache.beam.runners.dataflow.DataflowPipelineJob;
import org.apache.beam.runners.dataflow.util.MonitoringUtil;
import org.apache.beam.sdk.options.PipelineOptions;

/** Google Cloud Dataflow. */
record EngineOnDataflow(int workers, PipelineOptions options) implements ReadyEngine {
  @Override
  public boolean outlivesCommand() {
    return true;
  }

  @Override
  public boolean makesTemplate() {
    return template() != null;
  }

  private String template() {
    return options.as(JobTemplateOptions.class).getTemplateLocation();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IOException with the service's own words, if it cannot be reached or refuses the job
   */
  @Override
  public SubmittedRun submit(SweepRun run) throws IOException {
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

  @Override
  public Optional<String> whereabouts(SubmittedRun run) {
    if (makesTemplate()) {
      return Optional.of("template: " + template());
    }
    if (run.result() instanceof DataflowPipelineJob job) {
      return Optional.of(
          "job: "
              + MonitoringUtil.getJobMonitoringPageURL(
                  job.getProjectId(), job.getRegion(), job.getJobId()));
    }
    return Optional.empty();
  }
}
