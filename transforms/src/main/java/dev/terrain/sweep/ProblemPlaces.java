package dev.terrain.sweep;

import java.util.List;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Finds where in a document problems are that are known by their paths alone. */
final class ProblemPlaces {
  private ProblemPlaces() {}

  /** The problems with their places; without, if the document is no longer well formed. */
  static List<Problem> locate(String yaml, String source, List<Problem> problems) {
    Problems located = new Problems(source);
    YamlText.compose(yaml, SweepFile.MAX_BYTES, new Problems(source))
        .ifPresent(root -> place(root, "", located));
    problems.forEach(problem -> located.add(problem.path(), problem.message()));
    return located.inOrder();
  }

  private static void place(Node node, String path, Problems places) {
    places.place(path, node);
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key) {
          String name = key.getValue();
          place(tuple.getValueNode(), path.isEmpty() ? name : path + "." + name, places);
        }
      }
    } else if (node instanceof SequenceNode sequence) {
      for (int i = 0; i < sequence.getValue().size(); i++) {
        place(sequence.getValue().get(i), path + "[" + i + "]", places);
      }
    }
  }
}
