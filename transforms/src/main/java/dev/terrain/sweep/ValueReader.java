package dev.terrain.sweep;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads the values of settings from YAML nodes.
 *
 * <p>Numbers are those of JSON (and {@code .5}, {@code 5.} and {@code +5}), however YAML would
 * resolve them: YAML 1.1's octal, sexagesimal and underscored numbers are refused, because readers
 * differ about their value. A text that YAML could take for something else must be in quotes.
 */
final class ValueReader {
  /** Items that a list may have. */
  static final int MAX_ITEMS = 10_000;

  private static final int SHORT = 60;
  private static final int MAX_DIGITS = 100;
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:(?:0|[1-9][0-9]*)(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]{1,9})?");

  private final Problems problems;

  ValueReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * The value of a node: an Integer, Long, Double or String, or a List of them; empty, with the
   * problem reported, if it is not one that the setting allows.
   */
  Optional<Object> read(Setting setting, Node node, String path) {
    return setting.isList()
        ? list(node, path, MAX_ITEMS, (item, place) -> scalar(setting, item, place))
            .map(List::copyOf)
        : scalar(setting, node, path);
  }

  /**
   * Reads the items of a list.
   *
   * @param item reads one item at its path
   */
  Optional<List<Object>> list(Node node, String path, int maxItems, ItemReader item) {
    if (!(node instanceof SequenceNode sequence)) {
      problems.add(node, path, "must be a list, not " + problems.describe(node));
      return Optional.empty();
    }
    List<Node> items = sequence.getValue();
    if (items.size() > maxItems) {
      problems.add(
          node, path, "has " + items.size() + " items, but at most " + maxItems + " may be");
      return Optional.empty();
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      String place = path + "[" + i + "]";
      problems.place(place, items.get(i));
      item.read(items.get(i), place).ifPresent(values::add);
    }
    return values.size() == items.size() ? Optional.of(values) : Optional.empty();
  }

  /** One item, a number or a text, of the setting's type. */
  Optional<Object> scalar(Setting setting, Node node, String path) {
    if (setting.isText() && node instanceof ScalarNode scalar) {
      Optional<String> refusal = VisibleText.refusal(scalar.getValue());
      if (refusal.isPresent()) {
        problems.add(node, path, refusal.get());
        return Optional.empty();
      }
    }
    Optional<Object> value = setting.isText() ? text(setting, node) : number(setting, node);
    if (value.isEmpty()) {
      boolean quotable = setting.isText() && setting.allowed().isEmpty();
      problems.add(
          node,
          path,
          "must be "
              + setting.allowedText()
              + ", not "
              + problems.describe(node)
              + (quotable && isPlain(node) ? "; put a text in quotes" : ""));
    }
    return value;
  }

  /** The number that a node holds, if it holds one. */
  static Optional<BigDecimal> number(Node node) {
    return node instanceof ScalarNode scalar
            && scalar.getScalarStyle() == ScalarStyle.PLAIN
            && scalar.getValue().length() <= MAX_DIGITS
            && NUMBER.matcher(scalar.getValue()).matches()
        ? Optional.of(new BigDecimal(scalar.getValue()))
        : Optional.empty();
  }

  /** What a node holds, in a few words. */
  static String describe(Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      return node instanceof SequenceNode ? "a list" : "a mapping";
    }
    String text = shorten(scalar.getValue());
    if (!isPlain(node)) {
      return "the text '" + text + "'";
    }
    return text.isEmpty() ? "nothing" : text;
  }

  /** What a node holds, without what it says. */
  static String kind(Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      return describe(node);
    }
    if (scalar.getValue().isEmpty() && isPlain(node)) {
      return "nothing";
    }
    return number(node).isPresent() ? "this number" : "this text";
  }

  /** A text, cut if it is long, with what cannot be seen made visible. */
  static String shorten(String text) {
    return VisibleText.of(text.length() <= SHORT ? text : text.substring(0, SHORT))
        + (text.length() <= SHORT ? "" : "...");
  }

  private static Optional<Object> number(Setting setting, Node node) {
    return number(node).flatMap(setting::convert);
  }

  private static Optional<Object> text(Setting setting, Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      return Optional.empty();
    }
    String text = scalar.getValue();
    boolean mistakable =
        isPlain(node)
            && (NUMBER.matcher(text).matches()
                || List.of(Tag.BOOL, Tag.NULL, Tag.INT, Tag.FLOAT).contains(scalar.getTag()));
    boolean allowed = setting.allowed().isEmpty() || setting.allowed().contains(text);
    return mistakable || !allowed ? Optional.empty() : Optional.of(text);
  }

  private static boolean isPlain(Node node) {
    return node instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.PLAIN;
  }

  /** Reads one item of a list. */
  @FunctionalInterface
  interface ItemReader {
    Optional<Object> read(Node node, String path);
  }
}
