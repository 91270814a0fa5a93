package dev.terrain.beam;

import static org.apache.beam.sdk.util.Preconditions.checkArgumentNotNull;

import dev.terrain.beam.units.Coders;
import dev.terrain.beam.units.FinishedUnits;
import dev.terrain.beam.units.Remembered;
import dev.terrain.beam.units.StudyAddress;
import dev.terrain.stage.CurvatureStage;
import dev.terrain.stage.Stage;
import dev.terrain.stage.Units;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.Unit;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/** Measures the Hessian of each trained model. */
public final class MeasureCurvature extends PTransform<PCollection<ModelRef>, FinishedUnits> {
  private static final long serialVersionUID = 1;

  private final StudyAddress study;
  private final Stage stage;
  private final CurvatureSettings settings;

  private MeasureCurvature(StudyAddress study, Stage stage, CurvatureSettings settings) {
    this.study = checkArgumentNotNull(study, "study");
    this.stage = checkArgumentNotNull(stage, "stage");
    this.settings = checkArgumentNotNull(settings, "settings");
  }

  /** Measures the models of a study with the default settings. */
  public static MeasureCurvature in(StudyAddress study) {
    return new MeasureCurvature(
        study, new CurvatureStage(), CurvatureSettings.newBuilder().build());
  }

  /** Accuracy and budget; see {@link CurvatureSettings}. */
  public MeasureCurvature withSettings(CurvatureSettings newSettings) {
    return new MeasureCurvature(study, stage, newSettings);
  }

  /** Who computes the units. Default: {@link CurvatureStage}. */
  public MeasureCurvature withStage(Stage newStage) {
    return new MeasureCurvature(study, newStage, settings);
  }

  @Override
  public FinishedUnits expand(PCollection<ModelRef> models) {
    return models
        .apply("Name units", ParDo.of(new NameFn(settings)))
        .setCoder(Coders.of(Unit.class))
        .apply("Measure", Remembered.of(stage, study));
  }

  private static final class NameFn extends DoFn<ModelRef, Unit> {
    private static final long serialVersionUID = 1;

    private final CurvatureSettings settings;

    NameFn(CurvatureSettings settings) {
      this.settings = settings;
    }

    @ProcessElement
    public void process(@Element ModelRef model, OutputReceiver<Unit> out) {
      out.output(Units.curvature(model, settings));
    }
  }
}
