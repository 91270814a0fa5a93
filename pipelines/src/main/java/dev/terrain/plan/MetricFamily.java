package dev.terrain.plan;

import dev.terrain.stage.ConnectivityStage;
import dev.terrain.stage.CurvatureStage;
import dev.terrain.stage.DistanceStage;
import dev.terrain.stage.SimilarityStage;
import dev.terrain.v1.Sweep;

/**
 * The families of metrics that a sweep can ask for beside the losses, which come with every
 * training.
 */
public enum MetricFamily {
  CURVATURE(CurvatureStage.NAME),
  CONNECTIVITY(ConnectivityStage.NAME),
  SIMILARITY(SimilarityStage.NAME),
  DISTANCE(DistanceStage.NAME);

  private final String stage;

  MetricFamily(String stage) {
    this.stage = stage;
  }

  /** Name of the family in a sweep and of the stage that measures it. */
  String stage() {
    return stage;
  }

  public boolean isAskedFor(Sweep sweep) {
    return sweep.getMetrics().contains(stage);
  }
}
