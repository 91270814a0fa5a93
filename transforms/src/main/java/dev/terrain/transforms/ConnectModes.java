package dev.terrain.transforms;

import static org.apache.beam.sdk.util.Preconditions.checkArgumentNotNull;

import dev.terrain.stage.ConnectivityStage;
import dev.terrain.stage.Units;
import dev.terrain.v1.ConnectivitySettings;
import dev.terrain.v1.ModelRef;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;

/** Connects pairs of trained models of each cell. */
public final class ConnectModes extends PTransform<PCollection<ModelRef>, FinishedUnits> {
  private static final long serialVersionUID = 1;

  private final StudyAddress study;
  private final ConnectivitySettings settings;

  private ConnectModes(StudyAddress study, ConnectivitySettings settings) {
    this.study = checkArgumentNotNull(study, "study");
    this.settings = checkArgumentNotNull(settings, "settings");
  }

  /** Connects the models of a study with the default settings. */
  public static ConnectModes in(StudyAddress study) {
    return new ConnectModes(study, ConnectivitySettings.newBuilder().build());
  }

  /** Which pairs are connected, and how; see {@link ConnectivitySettings}. */
  public ConnectModes withSettings(ConnectivitySettings newSettings) {
    return new ConnectModes(study, newSettings);
  }

  @Override
  public FinishedUnits expand(PCollection<ModelRef> models) {
    ConnectivitySettings chosen = settings;
    return models
        .apply("Pair", CellUnits.of(cell -> Units.connectivity(cell, chosen)))
        .apply("Connect", Remembered.of(new ConnectivityStage(), study));
  }
}
