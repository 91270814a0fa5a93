package dev.terrain.run;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;

/** Options of the main job when it is started by its main class. */
public interface SweepOptions extends StudyOptions {
  @Description("Sweep file (YAML): a path or a gs:// address")
  @Validation.Required
  String getSweep();

  void setSweep(String sweep);

  @Description(
      "Hand the job to its engine and end, without waiting, checking the tables or drawing the report")
  @Default.Boolean(false)
  boolean getDetach();

  void setDetach(boolean detach);

  @Description(
      "Run the pipeline and write tables and report anew even if nothing is to be computed and they are whole")
  @Default.Boolean(false)
  boolean getRebuildTables();

  void setRebuildTables(boolean rebuildTables);

  @Description(
      "Copy the tables here once they are checked: a folder, or an address that Beam has a file system for")
  String getCopyTables();

  void setCopyTables(String address);
}
