package dev.terrain.imports;

import dev.terrain.sweep.VisibleText;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A value of a mapping file with its place; whoever asks for a kind of value that it is not gets
 * nothing, and the problem is collected.
 */
final class MappingValue {
  private static final int MAX_CHARACTERS = 1 << 20;
  private static final int MAX_DEPTH = 20;
  private static final int MAX_ALIASES = 50;
  private static final int SHORT = 60;

  private final Node node;
  private final String path;
  private final MappingProblems problems;

  private MappingValue(Node node, String path, MappingProblems problems) {
    this.node = node;
    this.path = path;
    this.problems = problems;
  }

  /** The document of a YAML text, of which nothing is built from tags. */
  static Optional<MappingValue> document(String yaml, MappingProblems problems) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(MAX_ALIASES);
    options.setCodePointLimit(MAX_CHARACTERS);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setAllowRecursiveKeys(false);
    try {
      Node root = new Yaml(options).compose(new StringReader(yaml));
      if (root == null) {
        problems.add("", "is empty");
        return Optional.empty();
      }
      return Optional.of(new MappingValue(root, "", problems));
    } catch (MarkedYAMLException e) {
      problems.add(e.getProblemMark(), "", "is not well formed: " + e.getProblem());
    } catch (YAMLException e) {
      problems.add("", "is not well formed: " + e.getMessage());
    }
    return Optional.empty();
  }

  /** The dotted path in the file. */
  String path() {
    return path;
  }

  /** Collects a problem at this value. */
  void problem(String message) {
    problems.add(node.getStartMark(), path, message);
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  /** The values of a mapping whose keys are known; others are problems and left out. */
  Map<String, MappingValue> mapping(Collection<String> known) {
    Map<String, MappingValue> values = new LinkedHashMap<>();
    mapping()
        .forEach(
            (key, value) -> {
              if (known.contains(key.text)) {
                values.put(key.text, value);
              } else {
                String hint = MappingProblems.hint(key.text, known);
                problems.add(
                    key.node.getStartMark(),
                    value.path,
                    "unknown key '" + shorten(key.text) + "'; " + hint);
              }
            });
    return values;
  }

  /** A key with its place. */
  record Key(String text, Node node) {}

  /** The values of a mapping of any keys. */
  Map<Key, MappingValue> mapping() {
    Map<Key, MappingValue> values = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      problem("must be a mapping, not " + describe());
      return values;
    }
    List<String> seen = new ArrayList<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(tuple.getKeyNode().getStartMark(), path, "a key must be a name");
        continue;
      }
      String place = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
      if (seen.contains(key.getValue())) {
        problems.add(key.getStartMark(), place, "the key is written twice");
        continue;
      }
      seen.add(key.getValue());
      values.put(
          new Key(key.getValue(), key), new MappingValue(tuple.getValueNode(), place, problems));
    }
    return values;
  }

  /** The items of a list; a single text or number is a list of one. */
  List<MappingValue> items() {
    if (node instanceof ScalarNode) {
      return List.of(this);
    }
    if (!(node instanceof SequenceNode sequence)) {
      problem("must be a list, not " + describe());
      return List.of();
    }
    List<MappingValue> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(new MappingValue(item, path + "[" + items.size() + "]", problems));
    }
    return items;
  }

  /** A text, also one that looks like a number. */
  Optional<String> text() {
    if (node instanceof ScalarNode scalar && (!scalar.getValue().isEmpty() || !isPlain(scalar))) {
      return Optional.of(scalar.getValue());
    }
    problem("must be a text, not " + describe());
    return Optional.empty();
  }

  /** One of some words. */
  Optional<String> word(List<String> allowed) {
    if (node instanceof ScalarNode scalar && allowed.contains(scalar.getValue())) {
      return Optional.of(scalar.getValue());
    }
    problem("must be " + String.join(" or ", allowed) + ", not " + describe());
    return Optional.empty();
  }

  /** True or false. */
  Optional<Boolean> flag() {
    return word(List.of("true", "false")).map(Boolean::valueOf);
  }

  /** The number, if it is one; nothing is collected if not. */
  Optional<BigDecimal> asNumber() {
    return node instanceof ScalarNode scalar && isPlain(scalar)
        ? GridNumber.parse(scalar.getValue())
        : Optional.empty();
  }

  /** A number, as the text that says what is allowed describes it. */
  Optional<BigDecimal> number(String allowed) {
    Optional<BigDecimal> number = asNumber();
    if (number.isEmpty()) {
      problem("must be " + allowed + ", not " + describe());
    }
    return number;
  }

  /** A whole number from 1. */
  Optional<Integer> count() {
    Optional<Integer> count =
        asNumber()
            .filter(number -> number.signum() > 0 && number.stripTrailingZeros().scale() <= 0)
            .filter(number -> number.compareTo(BigDecimal.valueOf(1_000_000)) <= 0)
            .map(BigDecimal::intValueExact);
    if (count.isEmpty()) {
      problem("must be a whole number in [1, 1000000], not " + describe());
    }
    return count;
  }

  /** The name of a column, with this place. */
  Optional<ColumnName> column() {
    return text()
        .map(
            name ->
                new ColumnName(
                    name.strip(),
                    path,
                    node.getStartMark().getLine() + 1,
                    node.getStartMark().getColumn() + 1));
  }

  /** What it is, in a few words. */
  String describe() {
    if (!(node instanceof ScalarNode scalar)) {
      return node instanceof SequenceNode ? "a list" : "a mapping";
    }
    if (scalar.getValue().isEmpty() && isPlain(scalar)) {
      return "nothing";
    }
    return "'" + shorten(scalar.getValue()) + "'";
  }

  private static boolean isPlain(ScalarNode scalar) {
    return scalar.getScalarStyle() == ScalarStyle.PLAIN;
  }

  private static String shorten(String text) {
    return VisibleText.of(text.length() <= SHORT ? text : text.substring(0, SHORT) + "...");
  }
}
