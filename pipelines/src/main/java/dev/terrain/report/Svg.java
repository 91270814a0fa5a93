package dev.terrain.report;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes a well-formed SVG document; all text and attributes are escaped. */
final class Svg {

  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn; numbers are written with two decimals at most
   */
  Svg open(String element, Object... attributes) {
    tag(element, attributes).append('>');
    open.push(element);
    return this;
  }

  Svg close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** An element without content. */
  Svg leaf(String element, Object... attributes) {
    tag(element, attributes).append("/>");
    return this;
  }

  /** An element whose content is text. */
  Svg text(String element, String content, Object... attributes) {
    open(element, attributes);
    out.append(escaped(content));
    return close();
  }

  /** The document so far. */
  String document() {
    return out.toString();
  }

  private StringBuilder tag(String element, Object... attributes) {
    out.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ')
          .append(attributes[i])
          .append("=\"")
          .append(value(attributes[i + 1]))
          .append('"');
    }
    return out;
  }

  private static String value(Object value) {
    return value instanceof Number number ? number(number.doubleValue()) : escaped("" + value);
  }

  /** A coordinate with two decimals at most. */
  static String number(double value) {
    long hundredths = Math.round(value * 100);
    String sign = hundredths < 0 ? "-" : "";
    long whole = Math.abs(hundredths) / 100;
    long rest = Math.abs(hundredths) % 100;
    if (rest == 0) {
      return sign + whole;
    }
    return sign + whole + (rest % 10 == 0 ? "." + rest / 10 : rest < 10 ? ".0" + rest : "." + rest);
  }

  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '&' -> safe.append("&amp;");
        case '"' -> safe.append("&quot;");
        // XML has no way to write most control characters and lone surrogates.
        default -> safe.append(allowed(text, i) ? c : '\ufffd');
      }
    }
    return safe.toString();
  }

  private static boolean allowed(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
    return (c >= ' ' && c < '\ufffe') || c == '\n' || c == '\t';
  }
}
