package dev.terrain.stage.standard;

import dev.terrain.stage.MetricInfo;
import dev.terrain.stage.MetricInfo.Summary;
import dev.terrain.stage.training.TrainMetrics;
import dev.terrain.stage.training.TrainStage;
import dev.terrain.sweep.NearestKey;
import dev.terrain.v1.Subject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All metrics that stages write, by stage, in the order in which a run comes to them. */
public final class MetricCatalogue {
  private final Map<String, List<MetricInfo>> byStage = new LinkedHashMap<>();
  private final Map<String, MetricInfo> byName = new LinkedHashMap<>();

  /**
   * A catalogue of the metrics of stages.
   *
   * @param stages the metrics of each stage, by its name
   * @throws IllegalArgumentException if two metrics have one name
   */
  public MetricCatalogue(Map<String, List<MetricInfo>> stages) {
    stages.forEach(
        (stage, metrics) -> {
          byStage.put(stage, List.copyOf(metrics));
          for (MetricInfo metric : metrics) {
            if (byName.put(metric.name(), metric) != null) {
              throw new IllegalArgumentException(
                  "metric '" + metric.name() + "' is declared twice, at last by stage " + stage);
            }
          }
        });
  }

  /** The metrics of the stages of this process. */
  public static MetricCatalogue standard() {
    return of(Stages.standard());
  }

  /**
   * The metrics of these stages.
   *
   * @throws IllegalArgumentException if two metrics have one name
   */
  public static MetricCatalogue of(Stages stages) {
    Map<String, List<MetricInfo>> metrics = new LinkedHashMap<>();
    metrics.put(TrainStage.NAME, TrainMetrics.all());
    stages.measurements().forEach(stage -> metrics.put(stage.name(), stage.metrics()));
    return new MetricCatalogue(metrics);
  }

  /** All of them. */
  public Collection<MetricInfo> metrics() {
    return List.copyOf(byName.values());
  }

  /** Those of a stage; none if it writes none or is unknown. */
  public List<MetricInfo> ofStage(String stage) {
    return byStage.getOrDefault(stage, List.of());
  }

  /** Names of the stages. */
  public List<String> stages() {
    return List.copyOf(byStage.keySet());
  }

  /** The metric of a name; empty if no stage writes it. */
  public Optional<MetricInfo> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * The metric of a name.
   *
   * @throws IllegalArgumentException if no stage writes it; the message has the nearest that there
   *     is
   */
  public MetricInfo named(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "metric '%s' is none that a stage measures; %s"
                        .formatted(
                            name,
                            NearestKey.of(name, byName.keySet())
                                .map(nearest -> "did you mean '" + nearest + "'?")
                                .orElse("'terrain metrics' lists them"))));
  }

  /** The definition of a metric's variant; empty if no stage writes it. */
  public Optional<MetricInfo.Variant> find(String name, String variant) {
    return find(name).flatMap(metric -> metric.variant(variant));
  }

  /**
   * How a cell summarises a metric; what suits its subject if no stage writes it.
   *
   * @param subject what its values were measured on
   * @throws IllegalArgumentException if the metric is of another subject
   */
  public Summary summary(String name, Subject subject) {
    Summary summary = find(name).map(MetricInfo::summary).orElse(Summary.of(subject));
    if (summary.subject() != subject) {
      throw new IllegalArgumentException(
          "metric '%s' is of a %s, not of a %s".formatted(name, summary.subject(), subject));
    }
    return summary;
  }
}
