package dev.terrain.stage;

import dev.terrain.spec.Fingerprints;
import dev.terrain.v1.ConnectivitySettings;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.SimilaritySettings;
import dev.terrain.v1.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes units of work and their keys.
 *
 * <p>A key is the fingerprint of the stage, the declared version of its code, the keys of the
 * trainings that it builds on, and the settings that its result depends on. So a change of a
 * setting, of a data set's bytes or of a stage's code gives new keys to all that follows from it
 * and to nothing else.
 */
public final class Units {
  private static final Comparator<ModelRef> BY_SEED =
      Comparator.comparingLong(model -> model.getSpec().getSeed());

  private Units() {}

  /**
   * The training of a model.
   *
   * @param dataSha256 fingerprint of the data set's content
   */
  public static Unit train(ModelSpec spec, String dataSha256) {
    String modelId = Fingerprints.modelId(spec);
    String key = Fingerprints.of(TrainStage.NAME, TrainStage.CODE_VERSION, modelId, dataSha256);
    ModelRef model = new ModelRef(modelId, Fingerprints.cellId(spec), key, spec);
    return new Unit(TrainStage.NAME, key, model.getCellId(), List.of(model), null);
  }

  /** The curvature of a trained model. */
  public static Unit curvature(ModelRef model, CurvatureSettings settings) {
    String key =
        Fingerprints.of(CurvatureStage.NAME, CurvatureStage.CODE_VERSION, model.getKey(), settings);
    return new Unit(CurvatureStage.NAME, key, model.getCellId(), List.of(model), settings);
  }

  /**
   * The connections between trained models of a cell, as {@link ConnectivitySettings#getPairs}
   * selects them.
   */
  public static List<Unit> connectivity(List<ModelRef> cell, ConnectivitySettings settings) {
    List<ModelRef> models = cell.stream().sorted(BY_SEED).toList();
    int n = models.size();
    List<Unit> units = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        boolean next = j == i + 1 || (i == 0 && j == n - 1);
        boolean selected =
            switch (settings.getPairs()) {
              case "first" -> i == 0 && j == 1;
              case "ring" -> next;
              case "all" -> true;
              default ->
                  throw new IllegalArgumentException(
                      "pairs (" + settings.getPairs() + ") must be first, ring or all");
            };
        if (selected) {
          units.add(connection(models.get(i), models.get(j), settings));
        }
      }
    }
    return units;
  }

  private static Unit connection(ModelRef first, ModelRef second, ConnectivitySettings settings) {
    // Which other pairs are connected has no influence on this one.
    ConnectivitySettings ofOnePair =
        ConnectivitySettings.newBuilder(settings).setPairs("all").build();
    String key =
        Fingerprints.of(
            ConnectivityStage.NAME,
            ConnectivityStage.CODE_VERSION,
            first.getKey(),
            second.getKey(),
            ofOnePair);
    return new Unit(
        ConnectivityStage.NAME, key, first.getCellId(), List.of(first, second), ofOnePair);
  }

  /** The similarity of the trained models of a cell, two or more. */
  public static Unit similarity(List<ModelRef> cell, SimilaritySettings settings) {
    List<ModelRef> models = cell.stream().sorted(BY_SEED).toList();
    String key =
        Fingerprints.of(SimilarityStage.NAME, SimilarityStage.CODE_VERSION, keys(models), settings);
    return new Unit(SimilarityStage.NAME, key, models.get(0).getCellId(), models, settings);
  }

  /** The distances between the trained models of a cell, two or more. */
  public static Unit distance(List<ModelRef> cell) {
    List<ModelRef> models = cell.stream().sorted(BY_SEED).toList();
    String key = Fingerprints.of(DistanceStage.NAME, DistanceStage.CODE_VERSION, keys(models));
    return new Unit(DistanceStage.NAME, key, models.get(0).getCellId(), models, null);
  }

  private static List<String> keys(List<ModelRef> models) {
    return models.stream().map(ModelRef::getKey).toList();
  }
}
