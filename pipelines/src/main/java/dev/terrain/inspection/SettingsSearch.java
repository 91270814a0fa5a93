package dev.terrain.inspection;

import dev.terrain.run.SweepRun;
import dev.terrain.sweep.AxisValues;
import dev.terrain.sweep.Fingerprints;
import dev.terrain.sweep.SpecPattern;
import dev.terrain.sweep.SweepExpansion;
import dev.terrain.v1.ModelSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the cell or model of a sweep that people name by its settings. */
final class SettingsSearch {
  private static final int LISTED = 8;

  private final SweepRun run;
  private final SpecPattern pattern;
  private final SweepExpansion expansion;

  SettingsSearch(SweepRun run, SpecPattern pattern) {
    this.run = run;
    this.pattern = pattern;
    this.expansion = SweepExpansion.of(run.sweep());
  }

  /**
   * The id of the one cell, or model where a seed is named, that has the settings.
   *
   * @throws IllegalArgumentException if there is none, or several
   */
  String id() {
    List<ModelSpec> found =
        expansion.cells().filter(pattern::matchesCell).flatMap(this::models).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' is no %s of the sweep, which has %s".formatted(pattern, kind(), known()));
    }
    if (found.size() > 1) {
      throw new IllegalArgumentException(
          "'%s' must name one %s, not %d: %s%s"
              .formatted(
                  pattern,
                  kind(),
                  found.size(),
                  found.stream()
                      .limit(LISTED)
                      .map(spec -> "'" + name(spec) + "' (" + id(spec).substring(0, 12) + ")")
                      .collect(Collectors.joining(", ")),
                  found.size() > LISTED ? ", …" : ""));
    }
    return id(found.get(0));
  }

  private Stream<ModelSpec> models(ModelSpec cell) {
    return pattern.seed().isEmpty()
        ? Stream.of(cell)
        : expansion.models(cell).filter(model -> model.getSeed() == pattern.seed().getAsLong());
  }

  private String kind() {
    return pattern.seed().isEmpty() ? "cell" : "model";
  }

  private String name(ModelSpec spec) {
    return pattern.seed().isEmpty() ? run.cellName(spec) : run.modelName(spec);
  }

  private String id(ModelSpec spec) {
    return pattern.seed().isEmpty() ? Fingerprints.cellId(spec) : Fingerprints.modelId(spec);
  }

  /** The values that the sweep has of the settings that no cell has as they are named. */
  private String known() {
    List<String> known = new ArrayList<>();
    for (String name : pattern.names()) {
      if (name.equals("seed")) {
        known.add("seed " + join(run.sweep().getSeeds().stream().map(String::valueOf).toList()));
      } else if (expansion.cells().noneMatch(cell -> pattern.matches(name, cell))) {
        List<String> values =
            expansion.cells().map(cell -> AxisValues.text(cell, name)).distinct().toList();
        known.add(name + " " + join(values));
      }
    }
    // Each of them is there, but not together.
    return known.isEmpty() ? "no cell with all of that" : String.join("; ", known);
  }

  private static String join(List<String> values) {
    return String.join(", ", values);
  }
}
