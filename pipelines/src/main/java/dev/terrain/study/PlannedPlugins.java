package dev.terrain.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terrain.registry.Extension;
import dev.terrain.registry.Plugins;
import dev.terrain.stage.UsedPlugins;
import dev.terrain.sweep.InvalidSweepException;
import dev.terrain.sweep.Problem;
import dev.terrain.v1.Sweep;
import java.util.ArrayList;
import java.util.List;

/**
 * What a plan needs of plugins: each thing with its plugin, kind, name and declared version. A plan
 * that needs none does not speak of them.
 */
final class PlannedPlugins {
  static final String KEY = "plugins";

  private PlannedPlugins() {}

  static void write(Sweep sweep, ObjectNode plan) {
    List<Extension> used = UsedPlugins.of(sweep);
    if (used.isEmpty()) {
      return;
    }
    ArrayNode list = plan.putArray(KEY);
    for (Extension extension : used) {
      list.addObject()
          .put("plugin", extension.plugin())
          .put("kind", extension.kind())
          .put("name", extension.name())
          .put("version", extension.version());
    }
  }

  /**
   * Makes sure that what a plan needs is there; another version of it is, too.
   *
   * @param plugins what the plan says of them, or null
   * @param file the plan's name, for messages
   * @throws InvalidSweepException naming all that is not there, with its plugin
   */
  static void check(JsonNode plugins, String file) {
    if (plugins == null) {
      return;
    }
    List<Problem> missing = new ArrayList<>();
    for (JsonNode entry : plugins) {
      String kind = entry.path("kind").asText();
      String name = entry.path("name").asText();
      if (Plugins.ofThisProcess().named(kind, name).isEmpty()) {
        missing.add(
            new Problem(
                0,
                0,
                "",
                "needs %s '%s' of plugin %s, which is not here; give the folder of its jar with --plugins"
                    .formatted(kind, name, entry.path("plugin").asText())));
      }
    }
    if (!missing.isEmpty()) {
      throw new InvalidSweepException(file, missing);
    }
  }
}
