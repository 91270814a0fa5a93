package dev.terrain.pipelines;

import dev.terrain.spec.AxisValues;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names models as people know them: by their place on the axes of a sweep, and their seeds. */
final class UnitName {
  private UnitName() {}

  static String of(List<ModelRef> models, Sweep sweep) {
    String seeds =
        models.stream()
            .map(model -> Long.toString(model.getSpec().getSeed()))
            .collect(Collectors.joining(", "));
    return settings(models.get(0).getSpec(), sweep) + " seed " + seeds;
  }

  private static String settings(ModelSpec spec, Sweep sweep) {
    return Stream.concat(
            Stream.of(sweep.getLoad(), sweep.getTemperature()), sweep.getOtherAxes().stream())
        .map(axis -> axis.getSetting() + "=" + AxisValues.text(spec, axis.getSetting()))
        .collect(Collectors.joining(" "));
  }
}
