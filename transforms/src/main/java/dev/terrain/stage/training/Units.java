package dev.terrain.stage.training;

import dev.terrain.stage.ConfiguredStage;
import dev.terrain.stage.MeasurementStage;
import dev.terrain.stage.UsedPlugins;
import dev.terrain.sweep.Fingerprints;
import dev.terrain.sweep.SettingsJson;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Subject;
import dev.terrain.v1.Unit;
import java.util.List;

/**
 * Makes the units of trainings and of the verification of their weights; {@link ConfiguredStage}
 * makes those of measurements.
 */
public final class Units {
  private Units() {}

  /**
   * The training of a model. Its key is the fingerprint of the stage, the declared version of its
   * code, the model and the data.
   *
   * @param dataSha256 fingerprint of the data set's content
   */
  public static Unit train(ModelSpec spec, String dataSha256) {
    return train(spec, Fingerprints.cellId(spec), dataSha256);
  }

  /** The same of a model whose cell is known by its id. */
  public static Unit train(ModelSpec spec, String cellId, String dataSha256) {
    String modelId = Fingerprints.modelId(spec);
    String key = trainingKey(modelId, spec, TrainStage.CODE_VERSION, dataSha256);
    ModelRef model = new ModelRef(modelId, cellId, key, spec);
    return unit(TrainStage.NAME, key, model);
  }

  /** The key of a training of a model, under some id and version of the stage's code. */
  public static String trainingKey(
      String modelId, ModelSpec spec, int codeVersion, String dataSha256) {
    List<String> versions = UsedPlugins.versions(spec);
    return versions.isEmpty()
        ? Fingerprints.of(TrainStage.NAME, codeVersion, modelId, dataSha256)
        : Fingerprints.of(TrainStage.NAME, codeVersion, modelId, dataSha256, versions);
  }

  /** The verification of a trained model's weights. */
  public static Unit checkpoint(ModelRef model) {
    return unit(CheckpointStage.NAME, checkpointKey(CheckpointStage.CODE_VERSION, model), model);
  }

  private static Unit unit(String stage, String key, ModelRef model) {
    return new Unit(
        stage,
        key,
        Subject.MODEL,
        model.getCellId(),
        List.of(model),
        MeasurementStage.WHOLE,
        SettingsJson.NONE);
  }

  /** The key of a verification of a model's weights under some version of the stage's code. */
  public static String checkpointKey(int codeVersion, ModelRef model) {
    return Fingerprints.of(CheckpointStage.NAME, codeVersion, model.getKey());
  }
}
