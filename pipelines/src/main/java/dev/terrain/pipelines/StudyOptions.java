package dev.terrain.pipelines;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;

/** Options of every job when it is started by its main class: which study, and whose data. */
public interface StudyOptions extends PipelineOptions {
  @Description("Folder or gs:// address of the study")
  @Validation.Required
  String getStudy();

  void setStudy(String study);

  @Description(
      "Folder or gs:// prefix of the data set's files; by default where its package puts them")
  String getData();

  void setData(String data);
}
