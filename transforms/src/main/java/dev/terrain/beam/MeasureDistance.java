package dev.terrain.beam;

import static org.apache.beam.sdk.util.Preconditions.checkArgumentNotNull;

import dev.terrain.beam.units.FinishedUnits;
import dev.terrain.beam.units.Remembered;
import dev.terrain.beam.units.StudyAddress;
import dev.terrain.stage.DistanceStage;
import dev.terrain.stage.Stage;
import dev.terrain.stage.Units;
import dev.terrain.v1.ModelRef;
import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;

/** Measures the distance in parameter space of all pairs of trained models of each cell. */
public final class MeasureDistance extends PTransform<PCollection<ModelRef>, FinishedUnits> {
  private static final long serialVersionUID = 1;

  private final StudyAddress study;
  private final Stage stage;

  private MeasureDistance(StudyAddress study, Stage stage) {
    this.study = checkArgumentNotNull(study, "study");
    this.stage = checkArgumentNotNull(stage, "stage");
  }

  /** Measures the models of a study. */
  public static MeasureDistance in(StudyAddress study) {
    return new MeasureDistance(study, new DistanceStage());
  }

  /** Who computes the units. Default: {@link DistanceStage}. */
  public MeasureDistance withStage(Stage newStage) {
    return new MeasureDistance(study, newStage);
  }

  @Override
  public FinishedUnits expand(PCollection<ModelRef> models) {
    return models
        .apply("Gather", CellUnits.of(cell -> List.of(Units.distance(cell))))
        .apply("Measure", Remembered.of(stage, study));
  }
}
