package dev.terrain.stage.comparison;

import dev.terrain.stage.MetricInfo;
import dev.terrain.stage.MetricInfo.Better;
import dev.terrain.stage.MetricInfo.Range;
import dev.terrain.stage.MetricInfo.Scale;
import dev.terrain.stage.MetricInfo.Summary;
import dev.terrain.stage.MetricInfo.Variant;
import java.util.List;

/** The metrics of the paths that connect two models. */
final class ConnectivityMetrics {
  private ConnectivityMetrics() {}

  static List<MetricInfo> all() {
    return List.of(modeConnectivity(), linearBarrier());
  }

  private static MetricInfo modeConnectivity() {
    Range range = new Range(-100, 100);
    String definition =
        "(E(0) + E(1))/2 - E(t*), E(t) the training error on a fitted quadratic Bezier curve,"
            + " t* where the modulus is largest; below 0: barrier; its control point began ";
    return new MetricInfo(
        "mode_connectivity",
        "Mode connectivity",
        List.of(
            Variant.standard(
                    "percent",
                    range,
                    definition + "midway between the ends",
                    "Yang et al. 2021 (arXiv 2107.11228), eq. 4; Garipov et al. 2018, section 3")
                .asHeadline(),
            new Variant(
                "paper",
                "percent",
                range,
                definition + "at a random initialisation, as in the study's code",
                "Yang et al. 2021 (arXiv 2107.11228), eq. 4 and code",
                true)),
        Scale.SYMMETRIC,
        Better.NEITHER,
        Summary.MEAN_OVER_CONNECTED_PAIRS,
        "gradients of the fit, then evaluations of each point of the curve");
  }

  private static MetricInfo linearBarrier() {
    return new MetricInfo(
        "linear_barrier",
        "Linear barrier",
        List.of(
            new Variant(
                "frankle",
                "percent",
                Range.PERCENT,
                "max E(t) - (E(0) + E(1))/2, E(t) the training error at (1 - t) θ + t θ'",
                "Frankle et al. 2020 (arXiv 1912.05671), section 2",
                false),
            new Variant(
                "entezari",
                "nats",
                Range.ALL,
                "max L(t) - ((1 - t) L(0) + t L(1)), L(t) the training loss at (1 - t) θ + t θ',"
                    + " 0 < t < 1",
                "Entezari et al. 2022, definition 2.1",
                false)),
        Scale.LINEAR,
        Better.LOWER,
        Summary.MEAN_OVER_CONNECTED_PAIRS,
        "evaluations of each point of the line");
  }
}
