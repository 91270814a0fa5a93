package dev.terrain.run;

import dev.terrain.beam.units.StackLimit;
import dev.terrain.beam.units.StudyAddress;
import dev.terrain.store.ObjectStores;
import java.time.Duration;
import org.apache.beam.sdk.options.Default;
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
      "Folder or gs:// prefix of the data set's files; by default where the study's plan says, else where its package puts them")
  String getData();

  void setData(String data);

  @Description(
      "Least seconds between two saved states of a training; a killed worker loses so much work")
  @Default.Double(3)
  double getSaveEverySeconds();

  void setSaveEverySeconds(double seconds);

  @Description(
      "How many models of one shape a worker trains together at most: auto (as many as pay), off (each by itself) or a number from 1 to 1024")
  @Default.String("auto")
  String getStack();

  void setStack(String stack);

  @Description(
      "Copy the files of verified models here: a folder, or a gs:// address; also of those that were trained before")
  String getCopyModels();

  void setCopyModels(String address);

  /** The study and its data, as these options name them. */
  static StudyAddress address(StudyOptions options) {
    return new StudyAddress(options.getStudy(), options.getData())
        .withSaveEvery(Duration.ofNanos((long) (options.getSaveEverySeconds() * 1e9)))
        .withStack(StackLimit.parse("--stack", options.getStack()))
        .withModelCopies(
            options.getCopyModels() == null
                ? null
                : ObjectStores.absolute(options.getCopyModels()));
  }
}
