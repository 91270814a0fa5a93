package dev.terrain.stage;

import dev.terrain.registry.Extension;
import dev.terrain.registry.Plugins;
import dev.terrain.sweep.AxisValues;
import dev.terrain.v1.ModelRef;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Sweep;
import dev.terrain.v1.Unit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What models, units and sweeps use of plugins. */
public final class UsedPlugins {
  private UsedPlugins() {}

  /** What a sweep names: without it, the sweep cannot even be read. */
  public static List<Extension> of(Sweep sweep) {
    return Plugins.ofThisProcess().all().stream()
        .filter(extension -> names(sweep, extension.kind()).contains(extension.name()))
        .toList();
  }

  private static Set<Object> names(Sweep sweep, String kind) {
    if (kind.equals(MeasurementStage.KIND)) {
      return Set.copyOf(sweep.getMetrics());
    }
    Set<Object> names = new HashSet<>();
    if (sweep.getBase().hasField(kind)) {
      names.add(sweep.getBase().get(kind));
    }
    sweep.getOtherAxes().stream()
        .filter(axis -> axis.getSetting().equals(kind))
        .forEach(axis -> names.addAll(AxisValues.of(axis)));
    return names;
  }

  /** Plugin, kind, name and declared version of each thing that a model names, sorted. */
  public static List<String> versions(ModelSpec spec) {
    List<Extension> used = of(spec);
    return used.isEmpty() ? List.of() : versions(used.stream());
  }

  /** The same of all that a unit depends on: its stage, and what its models name. */
  public static List<String> versions(Unit unit) {
    return versions(
        Stream.concat(
            Plugins.ofThisProcess().named(MeasurementStage.KIND, unit.getStage()).stream(),
            unit.getModels().stream().map(ModelRef::getSpec).flatMap(spec -> of(spec).stream())));
  }

  private static List<Extension> of(ModelSpec spec) {
    return Plugins.ofThisProcess()
        .usedBy(setting -> spec.hasField(setting) ? spec.get(setting) : null);
  }

  private static List<String> versions(Stream<Extension> extensions) {
    return extensions
        .map(
            extension ->
                "%s: %s %s %d"
                    .formatted(
                        extension.plugin(),
                        extension.kind(),
                        extension.name(),
                        extension.version()))
        .distinct()
        .sorted()
        .toList();
  }
}
