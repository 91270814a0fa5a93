package dev.terrain.stage;

import dev.terrain.stage.comparison.ConnectivityStage;
import dev.terrain.stage.comparison.DistanceStage;
import dev.terrain.stage.comparison.SimilarityStage;
import dev.terrain.stage.curvature.CurvatureStage;
import dev.terrain.v1.ConnectivitySettings;
import dev.terrain.v1.CurvatureSettings;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.NoSettings;
import dev.terrain.v1.SimilaritySettings;
import dev.terrain.v1.Unit;
import java.util.List;

/** Units of measurements of a cell whose models have all ended. */
public final class MeasuredUnits {
  private MeasuredUnits() {}

  /** All parts of a model's curvature. */
  public static List<Unit> curvature(ModelRef model, CurvatureSettings settings) {
    return ConfiguredStage.of(new CurvatureStage(), settings).units(List.of(model), true);
  }

  public static Unit curvature(ModelRef model, CurvatureSettings settings, String part) {
    return ConfiguredStage.of(new CurvatureStage(), settings).unit(List.of(model), part);
  }

  public static List<Unit> connectivity(List<ModelRef> cell, ConnectivitySettings settings) {
    return ConfiguredStage.of(new ConnectivityStage(), settings).units(cell, true);
  }

  public static Unit similarity(List<ModelRef> cell, SimilaritySettings settings) {
    return ConfiguredStage.of(new SimilarityStage(), settings).units(cell, true).get(0);
  }

  public static Unit distance(List<ModelRef> cell) {
    return ConfiguredStage.of(new DistanceStage(), new NoSettings()).units(cell, true).get(0);
  }
}
