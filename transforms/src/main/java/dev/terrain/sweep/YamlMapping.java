package dev.terrain.sweep;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * A YAML mapping with known keys.
 *
 * @param path its dotted path; empty for the document
 * @param values its values by key, in the order of the file
 */
record YamlMapping(String path, Map<String, Node> values) {

  /**
   * Reads a node; keys that are unknown or written twice are reported and left out. Empty, with the
   * problem reported, if the node is no mapping.
   */
  static Optional<YamlMapping> of(
      Node node, String path, Collection<String> known, Problems problems) {
    if (!(node instanceof MappingNode mapping)) {
      problems.add(node, path, "must be a mapping, not " + problems.describe(node));
      return Optional.empty();
    }
    Map<String, Node> values = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
        problems.add(tuple.getKeyNode(), path, "a key must be a name, not a list or mapping");
        continue;
      }
      String key = keyNode.getValue();
      if (!known.contains(key)) {
        String text = ValueReader.shorten(key);
        String which = problems.quote(" '" + text + "'", "");
        problems.add(
            keyNode,
            problems.quote(join(path, text), path),
            "unknown key" + which + "; " + hint(key, known));
        continue;
      }
      String place = join(path, key);
      if (values.putIfAbsent(key, tuple.getValueNode()) != null) {
        problems.add(keyNode, place, "the key '" + key + "' is written twice");
      } else {
        problems.place(place, tuple.getValueNode());
      }
    }
    return Optional.of(new YamlMapping(path, values));
  }

  /** The value of a key, if it is there. */
  Optional<Node> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** The dotted path of the value of a key. */
  String path(String key) {
    return join(path, key);
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String hint(String key, Collection<String> known) {
    return NearestKey.of(key, known)
        .map(nearest -> "did you mean '" + nearest + "'?")
        .orElseGet(() -> "allowed are " + String.join(", ", known));
  }
}
