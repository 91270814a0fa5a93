package dev.terrain.sweep;

import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.Node;

/** The values of settings as text. */
final class SettingText {
  private static final int MAX_CHARACTERS = 1 << 20;

  private SettingText() {}

  /** A value as JSON: {@code 32}, {@code 0.1}, {@code "cnn"}, {@code [64, 32]}. */
  static String json(Object value) {
    return value instanceof String text ? TextNode.valueOf(text).toString() : plain(value);
  }

  /** A value as people read it, which is JSON without quotes around a text. */
  static String plain(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(SettingText::json).collect(Collectors.joining(", ", "[", "]"));
    }
    return value instanceof Double number ? number(number) : value.toString();
  }

  /**
   * The value that a JSON text holds; empty, with the problem reported, if the setting does not
   * allow it.
   */
  static Optional<Object> value(Setting setting, String json, String path, Problems problems) {
    Problems inner = problems.of(path);
    Optional<Node> node = YamlText.compose(json, MAX_CHARACTERS, inner);
    Optional<Object> value = node.flatMap(root -> new ValueReader(inner).read(setting, root, ""));
    if (value.isEmpty()) {
      problems.add(
          path,
          "must be " + setting.allowedText() + " as JSON" + problems.quote(", not " + json, ""));
    }
    return value;
  }

  private static String number(double value) {
    BigDecimal decimal = BigDecimal.valueOf(value).stripTrailingZeros();
    double size = Math.abs(value);
    boolean moderate = size == 0 || (size >= 1e-6 && size < 1e15);
    return moderate ? decimal.toPlainString() : decimal.toString();
  }
}
