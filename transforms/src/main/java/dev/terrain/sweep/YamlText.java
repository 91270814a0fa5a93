package dev.terrain.sweep;

import java.io.StringReader;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;

/**
 * YAML text (JSON is YAML too) as a tree of nodes with their places. Nothing is constructed from
 * tags, and nesting, aliases and length are bounded.
 */
final class YamlText {
  private static final int MAX_DEPTH = 20;
  private static final int MAX_ALIASES = 50;

  private YamlText() {}

  /**
   * The root of the one document in a text; empty, with the problem reported, if there is none.
   *
   * @param maxCharacters characters that the text may have
   */
  static Optional<Node> compose(String text, int maxCharacters, Problems problems) {
    if (text.length() > maxCharacters) {
      problems.add("", "has more than " + maxCharacters + " characters");
      return Optional.empty();
    }
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(MAX_ALIASES);
    options.setCodePointLimit(maxCharacters);
    options.setAllowRecursiveKeys(false);
    Yaml yaml = new Yaml(options);
    try {
      checkEvents(yaml, text, problems);
      if (!problems.isEmpty()) {
        return Optional.empty();
      }
      Optional<Node> root = Optional.ofNullable(yaml.compose(new StringReader(text)));
      if (root.isEmpty()) {
        problems.add("", "is empty");
      }
      return root;
    } catch (MarkedYAMLException e) {
      String context = e.getContext() == null ? "" : e.getContext() + ": ";
      String why = problems.quote(": " + context + e.getProblem(), "");
      problems.add(e.getProblemMark(), "", "is not well formed" + why);
    } catch (YAMLException e) {
      problems.add("", "is not well formed" + problems.quote(": " + e.getMessage(), ""));
    }
    return Optional.empty();
  }

  /** Reports tags, and the first place that is nested too deep, before any tree is built. */
  private static void checkEvents(Yaml yaml, String text, Problems problems) {
    int depth = 0;
    for (Event event : yaml.parse(new StringReader(text))) {
      String tag = null;
      if (event instanceof ScalarEvent scalar) {
        tag = scalar.getTag();
      } else if (event instanceof CollectionStartEvent collection) {
        tag = collection.getTag();
        depth++;
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
      if (tag != null) {
        String such = problems.quote(" such as '" + tag + "'", "");
        problems.add(event.getStartMark(), "", "tags" + such + " are not allowed");
      }
      if (depth > MAX_DEPTH) {
        problems.add(event.getStartMark(), "", "is nested more than " + MAX_DEPTH + " deep");
        return;
      }
    }
  }
}
