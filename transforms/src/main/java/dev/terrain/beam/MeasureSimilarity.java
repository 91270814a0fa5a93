package dev.terrain.beam;

import static org.apache.beam.sdk.util.Preconditions.checkArgumentNotNull;

import dev.terrain.beam.units.FinishedUnits;
import dev.terrain.beam.units.Remembered;
import dev.terrain.beam.units.StudyAddress;
import dev.terrain.stage.SimilarityStage;
import dev.terrain.stage.Stage;
import dev.terrain.stage.Units;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.SimilaritySettings;
import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;

/**
 * Compares the outputs of all pairs of trained models of each cell, with one forward pass a model.
 */
public final class MeasureSimilarity extends PTransform<PCollection<ModelRef>, FinishedUnits> {
  private static final long serialVersionUID = 1;

  private final StudyAddress study;
  private final Stage stage;
  private final SimilaritySettings settings;

  private MeasureSimilarity(StudyAddress study, Stage stage, SimilaritySettings settings) {
    this.study = checkArgumentNotNull(study, "study");
    this.stage = checkArgumentNotNull(stage, "stage");
    this.settings = checkArgumentNotNull(settings, "settings");
  }

  /** Compares the models of a study with the default settings. */
  public static MeasureSimilarity in(StudyAddress study) {
    return new MeasureSimilarity(
        study, new SimilarityStage(), SimilaritySettings.newBuilder().build());
  }

  /** On how many mixed images; see {@link SimilaritySettings}. */
  public MeasureSimilarity withSettings(SimilaritySettings newSettings) {
    return new MeasureSimilarity(study, stage, newSettings);
  }

  /** Who computes the units. Default: {@link SimilarityStage}. */
  public MeasureSimilarity withStage(Stage newStage) {
    return new MeasureSimilarity(study, newStage, settings);
  }

  @Override
  public FinishedUnits expand(PCollection<ModelRef> models) {
    SimilaritySettings chosen = settings;
    return models
        .apply("Gather", CellUnits.of(cell -> List.of(Units.similarity(cell, chosen))))
        .apply("Compare", Remembered.of(stage, study));
  }
}
