package dev.terrain.stage;

import dev.terrain.registry.Plugins;
import dev.terrain.sweep.Fingerprints;
import dev.terrain.v1.ConnectivitySettings;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.SimilaritySettings;
import dev.terrain.v1.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

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
    String key = trainingKey(modelId, spec, TrainStage.CODE_VERSION, dataSha256);
    ModelRef model = new ModelRef(modelId, Fingerprints.cellId(spec), key, spec);
    return new Unit(TrainStage.NAME, key, model.getCellId(), List.of(model), null);
  }

  private static String trainingKey(
      String modelId, ModelSpec spec, int codeVersion, String dataSha256) {
    List<String> versions =
        Plugins.ofThisProcess().versions(name -> spec.hasField(name) ? spec.get(name) : null);
    return versions.isEmpty()
        ? Fingerprints.of(TrainStage.NAME, codeVersion, modelId, dataSha256)
        : Fingerprints.of(TrainStage.NAME, codeVersion, modelId, dataSha256, versions);
  }

  /** The curvature of a trained model. */
  public static Unit curvature(ModelRef model, CurvatureSettings settings) {
    return measurement(CurvatureStage.NAME, List.of(model), settings);
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
    return measurement(ConnectivityStage.NAME, List.of(first, second), ofOnePair);
  }

  /** The similarity of the trained models of a cell, two or more. */
  public static Unit similarity(List<ModelRef> cell, SimilaritySettings settings) {
    return measurement(SimilarityStage.NAME, cell.stream().sorted(BY_SEED).toList(), settings);
  }

  /** The distances between the trained models of a cell, two or more. */
  public static Unit distance(List<ModelRef> cell) {
    return measurement(DistanceStage.NAME, cell.stream().sorted(BY_SEED).toList(), null);
  }

  private static Unit measurement(String stage, List<ModelRef> models, SpecificRecord settings) {
    String key = measurementKey(stage, codeVersion(stage), models, settings);
    return new Unit(stage, key, models.get(0).getCellId(), models, settings);
  }

  private static String measurementKey(
      String stage, int codeVersion, List<ModelRef> models, SpecificRecord settings) {
    List<String> keys = models.stream().map(ModelRef::getKey).toList();
    return switch (stage) {
      case CurvatureStage.NAME ->
          Fingerprints.of(
              stage, codeVersion, keys.get(0), withoutMemory((CurvatureSettings) settings));
      case ConnectivityStage.NAME ->
          Fingerprints.of(stage, codeVersion, keys.get(0), keys.get(1), settings);
      case SimilarityStage.NAME -> Fingerprints.of(stage, codeVersion, keys, settings);
      case DistanceStage.NAME -> Fingerprints.of(stage, codeVersion, keys);
      default -> throw new IllegalArgumentException("'" + stage + "' is no stage that measures");
    };
  }

  /** How many graphs are kept changes no bit of a value. */
  private static CurvatureSettings withoutMemory(CurvatureSettings settings) {
    return CurvatureSettings.newBuilder(settings).setMaxGraphMib(0).build();
  }

  /** The declared version of a stage's code. */
  public static int codeVersion(String stage) {
    return switch (stage) {
      case TrainStage.NAME -> TrainStage.CODE_VERSION;
      case CurvatureStage.NAME -> CurvatureStage.CODE_VERSION;
      case ConnectivityStage.NAME -> ConnectivityStage.CODE_VERSION;
      case SimilarityStage.NAME -> SimilarityStage.CODE_VERSION;
      case DistanceStage.NAME -> DistanceStage.CODE_VERSION;
      default -> throw new IllegalArgumentException("'" + stage + "' is no stage");
    };
  }

  /**
   * The key that a unit had under another version of its stage's code.
   *
   * @param dataSha256 fingerprint of the content of its models' data set
   */
  public static String keyUnder(int codeVersion, Unit unit, String dataSha256) {
    return unit.getStage().equals(TrainStage.NAME)
        ? trainingKey(
            unit.getModels().get(0).getModelId(),
            unit.getModels().get(0).getSpec(),
            codeVersion,
            dataSha256)
        : measurementKey(
            unit.getStage(), codeVersion, unit.getModels(), (SpecificRecord) unit.getSettings());
  }

  /** The same measurement with other settings. */
  public static Unit withSettings(Unit unit, CurvatureSettings settings) {
    return measurement(unit.getStage(), unit.getModels(), settings);
  }

  /** The same measurement with other settings. */
  public static Unit withSettings(Unit unit, ConnectivitySettings settings) {
    return connection(unit.getModels().get(0), unit.getModels().get(1), settings);
  }

  /** The same measurement with other settings. */
  public static Unit withSettings(Unit unit, SimilaritySettings settings) {
    return measurement(unit.getStage(), unit.getModels(), settings);
  }
}
