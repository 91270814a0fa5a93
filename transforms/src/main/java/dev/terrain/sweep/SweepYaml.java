package dev.terrain.sweep;

import dev.terrain.v1.Axis;
import dev.terrain.v1.Check;
import dev.terrain.v1.SectionSettings;
import dev.terrain.v1.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A sweep as a file that people read and change: what {@link SweepFile} reads back as the same
 * sweep, without the settings that have their defaults.
 */
public final class SweepYaml {
  private SweepYaml() {}

  /** The text of the file, with a line end after its last line. */
  public static String write(Sweep sweep) {
    List<String> lines = new ArrayList<>();
    lines.add("name: " + SettingText.json(sweep.getName()));
    String base = SettingsJson.write(sweep.getBase());
    if (!base.equals(SettingsJson.NONE)) {
      lines.add("base: " + base);
    }
    lines.add("axes:");
    lines.add("  load: {" + axis(sweep.getLoad()) + "}");
    lines.add("  temperature: {" + axis(sweep.getTemperature()) + "}");
    if (!sweep.getOtherAxes().isEmpty()) {
      lines.add(
          sweep.getOtherAxes().stream()
              .map(SweepYaml::axis)
              .collect(Collectors.joining(", ", "  other: {", "}")));
    }
    if (!sweep.getOnly().isEmpty()) {
      lines.add("only: " + SettingText.json(sweep.getOnly()));
    }
    lines.add("seeds: " + SettingText.plain(sweep.getSeeds()));
    lines.add("metrics: " + SettingText.plain(sweep.getMetrics()));
    for (SectionSettings section : sweep.getSections()) {
      lines.add(section.getFamily() + ": " + section.getSettings());
    }
    String taxonomy = SettingsJson.write(sweep.getTaxonomy());
    if (!taxonomy.equals(SettingsJson.NONE)) {
      lines.add("taxonomy: " + taxonomy);
    }
    if (!sweep.getChecks().isEmpty()) {
      lines.add("checks:");
      for (Check check : sweep.getChecks()) {
        lines.add("  - " + SettingsJson.write(check));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static String axis(Axis axis) {
    return axis.getSetting() + ": [" + String.join(", ", axis.getValues()) + "]";
  }
}
