package dev.terrain.tables;

import java.util.ArrayList;
import java.util.List;

/** A reader of RFC 4180 written from its grammar; a field that is empty and unquoted is null. */
final class CsvText {

  private CsvText() {}

  static List<List<String>> parse(String text) {
    List<List<String>> lines = new ArrayList<>();
    List<String> line = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      StringBuilder field = new StringBuilder();
      boolean quoted = text.charAt(i) == '"';
      if (quoted) {
        i++;
        while (text.charAt(i) != '"' || text.startsWith("\"\"", i)) {
          i += text.charAt(i) == '"' ? 1 : 0;
          field.append(text.charAt(i++));
        }
        i++;
      } else {
        while (text.charAt(i) != ',' && text.charAt(i) != '\r') {
          field.append(text.charAt(i++));
        }
      }
      line.add(quoted || field.length() > 0 ? field.toString() : null);
      if (text.charAt(i) == ',') {
        i++;
      } else if (text.startsWith("\r\n", i)) {
        i += 2;
        lines.add(line);
        line = new ArrayList<>();
      } else {
        throw new IllegalArgumentException("no separator at " + i + " of: " + text);
      }
    }
    return lines;
  }
}
