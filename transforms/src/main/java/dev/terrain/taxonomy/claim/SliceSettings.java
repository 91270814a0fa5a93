package dev.terrain.taxonomy.claim;

import dev.terrain.taxonomy.diagram.PhasedDiagram;
import java.util.Collection;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The settings in the name of a diagram, {@code name=value} joined by {@code ", "}.
 *
 * @param values text of each setting, by name
 */
record SliceSettings(TreeMap<String, String> values) {
  /** A comma parts two settings only where a name follows: a value may be a list. */
  private static final Pattern SEPARATOR = Pattern.compile(",\\s*(?=[A-Za-z_][\\w.]*=)");

  static SliceSettings of(PhasedDiagram diagram) {
    TreeMap<String, String> values = new TreeMap<>();
    for (String setting : SEPARATOR.split(diagram.diagram().name(), -1)) {
      int split = setting.indexOf('=');
      if (split > 0) {
        values.put(setting.substring(0, split), setting.substring(split + 1));
      }
    }
    return new SliceSettings(values);
  }

  /** The settings but some. */
  SliceSettings without(Collection<String> settings) {
    TreeMap<String, String> rest = new TreeMap<>(values);
    rest.keySet().removeAll(settings);
    return new SliceSettings(rest);
  }
}
