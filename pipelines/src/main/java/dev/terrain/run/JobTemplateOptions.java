package dev.terrain.run;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Dataflow's option that turns a run into the making of a template: nothing runs, and there is
 * nothing to wait for. Its name and type are those of Beam's own option, which is unknown where
 * Dataflow's runner is not on the class path.
 */
public interface JobTemplateOptions extends PipelineOptions {
  @Description("Where Dataflow's job description is written instead of being run")
  String getTemplateLocation();

  void setTemplateLocation(String location);
}
