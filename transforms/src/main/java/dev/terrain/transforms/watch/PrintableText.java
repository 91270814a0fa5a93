package dev.terrain.transforms.watch;

/** Text from outside as logs and tables can bear it. */
final class PrintableText {
  private PrintableText() {}

  /**
   * A text in one line: characters that control the output, such as line ends and marks of the
   * writing's direction, are written as {@code U+} and their number.
   */
  static String of(String text) {
    StringBuilder printable = new StringBuilder();
    text.codePoints()
        .forEach(
            character -> {
              if (controls(character)) {
                printable.append("<U+%04X>".formatted(character));
              } else {
                printable.appendCodePoint(character);
              }
            });
    return printable.toString();
  }

  private static boolean controls(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
