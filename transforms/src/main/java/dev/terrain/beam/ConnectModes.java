package dev.terrain.beam;

import static org.apache.beam.sdk.util.Preconditions.checkArgumentNotNull;

import dev.terrain.beam.units.FinishedUnits;
import dev.terrain.beam.units.Remembered;
import dev.terrain.beam.units.StudyAddress;
import dev.terrain.stage.ConnectivityStage;
import dev.terrain.stage.Stage;
import dev.terrain.stage.Units;
import dev.terrain.v1.ConnectivitySettings;
import dev.terrain.v1.ModelRef;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;

/** Connects pairs of trained models of each cell. */
public final class ConnectModes extends PTransform<PCollection<ModelRef>, FinishedUnits> {
  private static final long serialVersionUID = 1;

  private final StudyAddress study;
  private final Stage stage;
  private final ConnectivitySettings settings;

  private ConnectModes(StudyAddress study, Stage stage, ConnectivitySettings settings) {
    this.study = checkArgumentNotNull(study, "study");
    this.stage = checkArgumentNotNull(stage, "stage");
    this.settings = checkArgumentNotNull(settings, "settings");
  }

  /** Connects the models of a study with the default settings. */
  public static ConnectModes in(StudyAddress study) {
    return new ConnectModes(
        study, new ConnectivityStage(), ConnectivitySettings.newBuilder().build());
  }

  /** Which pairs are connected, and how; see {@link ConnectivitySettings}. */
  public ConnectModes withSettings(ConnectivitySettings newSettings) {
    return new ConnectModes(study, stage, newSettings);
  }

  /** Who computes the units. Default: {@link ConnectivityStage}. */
  public ConnectModes withStage(Stage newStage) {
    return new ConnectModes(study, newStage, settings);
  }

  @Override
  public FinishedUnits expand(PCollection<ModelRef> models) {
    ConnectivitySettings chosen = settings;
    return models
        .apply("Pair", CellUnits.of(cell -> Units.connectivity(cell, chosen)))
        .apply("Connect", Remembered.of(stage, study));
  }
}
