package dev.terrain.run;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;

/** Options of the unbounded job when it is started by its main class. */
public interface WatchOptions extends StudyOptions {
  @Description("Folder or gs:// prefix that requests are dropped into")
  @Validation.Required
  String getRequests();

  void setRequests(String requests);

  @Description("Sweep file whose name, axes, metrics and settings single specs take")
  String getTemplate();

  void setTemplate(String template);

  @Description("Seconds between two looks for requests")
  @Default.Integer(5)
  int getPollSeconds();

  void setPollSeconds(int seconds);

  @Description("Seconds that rows are gathered for one file of a table")
  @Default.Integer(30)
  int getWindowSeconds();

  void setWindowSeconds(int seconds);

  @Description("Rows that one file of a table has at most")
  @Default.Integer(10_000)
  int getWindowRows();

  void setWindowRows(int rows);
}
