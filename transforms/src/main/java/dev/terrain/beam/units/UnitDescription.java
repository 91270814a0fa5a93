package dev.terrain.beam.units;

import dev.terrain.sweep.SpecText;
import dev.terrain.v1.ModelSpec;
import dev.terrain.v1.Subject;
import dev.terrain.v1.Unit;

/** What a log calls a unit. */
final class UnitDescription {
  private static final int DIGITS = 12;

  private UnitDescription() {}

  static String of(Unit unit) {
    return unit.getScope() == Subject.MODEL
        ? "model " + shortId(unit.getModels().get(0).getModelId())
        : "cell " + shortId(unit.getCellId());
  }

  /** With the settings, which people know better than ids. */
  static String withSettings(Unit unit) {
    ModelSpec spec = unit.getModels().get(0).getSpec();
    String settings = SpecText.settings(spec);
    String seed = unit.getScope() == Subject.MODEL ? "seed " + spec.getSeed() : "";
    String both = settings.isEmpty() || seed.isEmpty() ? settings + seed : settings + ", " + seed;
    return both.isEmpty() ? of(unit) : of(unit) + " (" + both + ")";
  }

  private static String shortId(String id) {
    return id.substring(0, DIGITS);
  }
}
