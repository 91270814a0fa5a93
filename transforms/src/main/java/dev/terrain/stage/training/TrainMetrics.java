package dev.terrain.stage.training;

import dev.terrain.stage.MetricInfo;
import dev.terrain.stage.MetricInfo.Better;
import dev.terrain.stage.MetricInfo.Range;
import dev.terrain.stage.MetricInfo.Scale;
import dev.terrain.stage.MetricInfo.Summary;
import dev.terrain.stage.MetricInfo.Variant;
import java.util.List;

/** The metrics that training writes: a clean evaluation of the stored weights, in eval mode. */
public final class TrainMetrics {
  private static final String SOURCE = "Yang et al. 2021 (arXiv 2107.11228)";

  private TrainMetrics() {}

  public static List<MetricInfo> all() {
    return List.of(
        loss("train_loss", "Training loss", "training", true),
        accuracy("train_accuracy", "Training accuracy", "training", false),
        loss("test_loss", "Test loss", "test", false),
        accuracy("test_accuracy", "Test accuracy", "test", true));
  }

  private static MetricInfo loss(String name, String title, String split, boolean headline) {
    String definition =
        "(1/n) Σ -ln p(y_i | x_i): mean cross-entropy of all %s images, without weight decay"
            .formatted(split);
    return metric(
        name,
        title,
        Variant.standard("nats", Range.NOT_NEGATIVE, definition, SOURCE),
        headline,
        Scale.LOGARITHMIC,
        Better.LOWER);
  }

  private static MetricInfo accuracy(String name, String title, String split, boolean headline) {
    String definition =
        "100 · share of all %s images whose label is the largest output".formatted(split);
    return metric(
        name,
        title,
        Variant.standard("percent", Range.PERCENT, definition, SOURCE),
        headline,
        Scale.LINEAR,
        Better.HIGHER);
  }

  private static MetricInfo metric(
      String name, String title, Variant variant, boolean headline, Scale scale, Better better) {
    return new MetricInfo(
        name,
        title,
        List.of(headline ? variant.asHeadline() : variant),
        scale,
        better,
        Summary.MEAN_OVER_MODELS,
        "1 forward pass over the images");
  }
}
