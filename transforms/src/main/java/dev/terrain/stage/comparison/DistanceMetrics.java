package dev.terrain.stage.comparison;

import dev.terrain.stage.MetricInfo;
import dev.terrain.stage.MetricInfo.Better;
import dev.terrain.stage.MetricInfo.Range;
import dev.terrain.stage.MetricInfo.Scale;
import dev.terrain.stage.MetricInfo.Summary;
import dev.terrain.stage.MetricInfo.Variant;
import java.util.List;

/** The metrics that compare the weights of two models. */
final class DistanceMetrics {
  private DistanceMetrics() {}

  static List<MetricInfo> all() {
    return List.of(
        new MetricInfo(
            "l2_distance",
            "L2 distance",
            List.of(
                Variant.standard(
                        "1",
                        Range.NOT_NEGATIVE,
                        "‖θ - θ'‖₂ over all trainable parameters, neither aligned nor normalised",
                        "Yang et al. 2021 (arXiv 2107.11228)")
                    .asHeadline()),
            Scale.LINEAR,
            Better.NEITHER,
            Summary.MEAN_OVER_PAIRS,
            "1 load of each model's weights"));
  }
}
