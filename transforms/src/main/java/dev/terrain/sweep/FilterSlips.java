package dev.terrain.sweep;

import dev.terrain.v1.ModelSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds in a condition what people write who are used to other languages, and says what to write.
 */
final class FilterSlips {
  private static final Pattern TOKEN =
      Pattern.compile(
          "'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"|[=!<>&|~]+|[A-Za-z_][A-Za-z_0-9.]*|.",
          Pattern.DOTALL);

  private static final Map<String, String> OPERATORS =
      Map.of(
          "=", "==",
          "===", "==",
          "!==", "!=",
          "<>", "!=",
          "=<", "<=",
          "=>", ">=",
          "~=", "=~",
          "&", "&&",
          "|", "||");

  private static final Map<String, String> WORDS =
      Map.of("AND", "&&", "OR", "||", "NOT", "!", "is", "==", "in", "=~");

  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?");

  /** Values of all settings that are texts. */
  private static final List<String> TEXTS =
      Setting.of(ModelSpec.getClassSchema()).values().stream()
          .filter(Setting::isText)
          .flatMap(setting -> setting.allowed().stream())
          .distinct()
          .toList();

  private FilterSlips() {}

  /** What is wrong with the first slip, and what to write in its place; empty if there is none. */
  static Optional<String> find(String text) {
    Matcher tokens = TOKEN.matcher(text);
    while (tokens.find()) {
      Optional<String> slip = slip(tokens.group());
      if (slip.isPresent()) {
        return Optional.of("at character " + (tokens.start() + 1) + ": " + slip.get());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> slip(String token) {
    String operator = OPERATORS.getOrDefault(token, WORDS.get(token));
    if (operator != null) {
      return Optional.of("'" + token + "' is no operator here; use " + operator);
    }
    if (token.equals("'") || token.equals("\"")) {
      return Optional.of("a text begins that does not end; close it with " + token);
    }
    if (token.startsWith("'") || token.startsWith("\"")) {
      return literal(token.substring(1, token.length() - 1));
    }
    return Optional.empty();
  }

  private static Optional<String> literal(String value) {
    if (TEXTS.contains(value) || NUMBER.matcher(value).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        "no setting has the value '"
            + value
            + "'"
            + NearestKey.of(value, TEXTS)
                .map(nearest -> "; did you mean '" + nearest + "'?")
                .orElse(""));
  }

  /** What to write for a name that is no setting. */
  static String nameAdvice(String name, List<String> settings) {
    if (TEXTS.contains(name)) {
      return "; put a text in quotes: '" + name + "'";
    }
    return NearestKey.of(name, settings)
        .map(nearest -> "; did you mean '" + nearest + "'?")
        .orElse("");
  }
}
