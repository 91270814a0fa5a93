package dev.terrain.google;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A body of several parts, in which every byte is one character (ISO 8859-1). */
final class Multipart {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");

  private Multipart() {}

  /** The parts with their headers. */
  static List<String> parts(Request request) {
    Matcher boundary = BOUNDARY.matcher(request.headers().getFirst("Content-Type"));
    if (!boundary.find()) {
      throw new IllegalArgumentException("no boundary");
    }
    String text = "\r\n" + new String(request.body(), StandardCharsets.ISO_8859_1);
    List<String> parts = new ArrayList<>();
    for (String part : text.split(Pattern.quote("\r\n--" + boundary.group(1)), -1)) {
      if (part.startsWith("\r\n")) {
        parts.add(part.substring(2));
      }
    }
    return parts;
  }

  /** What comes after the headers. */
  static String body(String part) {
    int end = part.indexOf("\r\n\r\n");
    return end < 0 ? "" : part.substring(end + 4);
  }
}
