package dev.terrain.sweep;

import dev.terrain.v1.SectionSettings;
import dev.terrain.v1.Sweep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * A family of metrics that a sweep can ask for, and its settings: a section of a sweep file of the
 * family's name, whose keys, defaults, ranges and descriptions are those of the settings' schema.
 *
 * @param <S> the settings: an Avro record of numbers, texts and lists of them, each with a default;
 *     a record without fields has no section
 */
public interface SweepSection<S extends SpecificRecord> {
  /** Name of the family: a word of the list {@code metrics}, and the key of its section. */
  String name();

  /** The type of its settings. */
  Class<S> settingsType();

  /** Whether it compares models of a cell, so that one seed gives no values. */
  boolean comparesModels();

  /**
   * Reports what must hold between settings, each of which is valid on its own. Default: nothing.
   */
  default void check(S settings, SettingProblems problems) {}

  /**
   * Whether sweeps that do not say which families they ask for ask for it. Default: yes. Those of
   * plugins must be asked for, so that a sweep means the same whatever plugins there are.
   */
  default boolean isAskedForByDefault() {
    return true;
  }

  /** Whether a sweep asks for the family. */
  default boolean isAskedFor(Sweep sweep) {
    return sweep.getMetrics().contains(name());
  }

  /** The settings of a sweep; they are read anew at each call. */
  default S settings(Sweep sweep) {
    return SettingsJson.read(settingsType(), settingsText(sweep));
  }

  /** The same as JSON. */
  default String settingsText(Sweep sweep) {
    return sweep.getSections().stream()
        .filter(section -> section.getFamily().equals(name()))
        .map(SectionSettings::getSettings)
        .findFirst()
        .orElse(SettingsJson.NONE);
  }

  /** The same sweep with other settings of the family. */
  default Sweep withSettings(Sweep sweep, S settings) {
    List<SectionSettings> sections = new ArrayList<>(sweep.getSections());
    sections.removeIf(section -> section.getFamily().equals(name()));
    String json = SettingsJson.write(settings);
    if (!json.equals(SettingsJson.NONE)) {
      sections.add(new SectionSettings(name(), json));
    }
    sections.sort(Comparator.comparing(SectionSettings::getFamily));
    return Sweep.newBuilder(sweep).setSections(sections).build();
  }
}
