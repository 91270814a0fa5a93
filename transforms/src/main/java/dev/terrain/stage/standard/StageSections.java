package dev.terrain.stage.standard;

import dev.terrain.stage.MetricInfo;
import dev.terrain.sweep.KnownMetric;
import dev.terrain.sweep.SweepSection;
import dev.terrain.sweep.SweepSections;
import java.util.List;

/** The sections of sweeps, and the metrics that their checks can name: those of the stages. */
public final class StageSections implements SweepSections.Source {
  @Override
  public List<? extends SweepSection<?>> sections() {
    return Stages.standard().measurements();
  }

  @Override
  public List<KnownMetric> metrics() {
    return MetricCatalogue.standard().metrics().stream()
        .flatMap(metric -> metric.variants().stream().map(variant -> known(metric.name(), variant)))
        .toList();
  }

  private static KnownMetric known(String name, MetricInfo.Variant variant) {
    return new KnownMetric(name, variant.name(), variant.range().min(), variant.range().max());
  }
}
