package dev.terrain.stage.comparison;

import dev.terrain.stage.MetricInfo;
import dev.terrain.stage.MetricInfo.Better;
import dev.terrain.stage.MetricInfo.Range;
import dev.terrain.stage.MetricInfo.Scale;
import dev.terrain.stage.MetricInfo.Summary;
import dev.terrain.stage.MetricInfo.Variant;
import java.util.List;

/** The metrics that compare the outputs of two models. */
final class SimilarityMetrics {
  private SimilarityMetrics() {}

  static List<MetricInfo> all() {
    return List.of(
        new MetricInfo(
            "cka",
            "CKA similarity",
            List.of(
                new Variant(
                    "paper",
                    "1",
                    new Range(0, 1),
                    "HSIC(X, Y)/√(HSIC(X, X) HSIC(Y, Y)), linear kernels of the soft-max outputs on"
                        + " mixed training images; biased HSIC",
                    "Kornblith et al. 2019; Yang et al. 2021 (arXiv 2107.11228), eq. 3",
                    true),
                new Variant(
                    "debiased",
                    "1",
                    new Range(-1, 1),
                    "the same with the unbiased HSIC",
                    "Song et al. 2012 (JMLR 13), equation 5",
                    false)),
            Scale.LINEAR,
            Better.HIGHER,
            Summary.MEAN_OVER_PAIRS,
            "1 forward pass a model over the mixed images"));
  }
}
