package dev.terrain.sweep;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * Texts without characters that act on what shows them instead of being shown: control characters
 * (escape sequences of terminals begin with one), line and paragraph separators, marks that change
 * the direction of writing, and others that cannot be seen. The two joiners, which some scripts
 * need, are none of them.
 */
public final class VisibleText {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private VisibleText() {}

  /** The first character of a text that is not shown, as {@code U+202E}. */
  static Optional<String> hidden(String text) {
    OptionalInt first = text.codePoints().filter(VisibleText::isHidden).findFirst();
    return first.isPresent() ? Optional.of(name(first.getAsInt())) : Optional.empty();
  }

  /** Why a text is not taken; empty if all of it is shown. */
  static Optional<String> refusal(String text) {
    return hidden(text)
        .map(
            hidden ->
                "must have no line breaks, control characters or direction marks, but has "
                    + hidden);
  }

  /** A text with each character that is not shown in the form {@code U+202E}. */
  public static String of(String text) {
    return escape(text, VisibleText::isHidden);
  }

  /** The same for a text of several lines, which stay lines. */
  public static String ofLines(String text) {
    return escape(text, character -> character != '\n' && isHidden(character));
  }

  private static String escape(String text, IntPredicate hidden) {
    if (text.codePoints().noneMatch(hidden)) {
      return text;
    }
    StringBuilder visible = new StringBuilder();
    text.codePoints()
        .forEach(
            character -> {
              if (hidden.test(character)) {
                visible.append(name(character));
              } else {
                visible.appendCodePoint(character);
              }
            });
    return visible.toString();
  }

  private static boolean isHidden(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      case Character.FORMAT -> character != ZERO_WIDTH_JOINER && character != ZERO_WIDTH_NON_JOINER;
      default -> false;
    };
  }

  private static String name(int character) {
    return "U+%04X".formatted(character);
  }
}
