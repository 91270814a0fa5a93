package dev.terrain.diagrams;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Orders slices by the values of their settings: numbers by size, everything else as text. */
public final class SliceOrder implements Comparator<String> {

  private static final Pattern SEPARATOR = Pattern.compile("=|, ");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

  @Override
  public int compare(String a, String b) {
    String[] left = SEPARATOR.split(a, -1);
    String[] right = SEPARATOR.split(b, -1);
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      int order = compareToken(left[i], right[i]);
      if (order != 0) {
        return order;
      }
    }
    return a.compareTo(b);
  }

  /** The settings that a slice names, with their values as text. */
  public static Map<String, String> settings(String slice) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String part : slice.isEmpty() ? new String[0] : slice.split(", ", -1)) {
      int sign = part.indexOf('=');
      settings.put(
          sign < 0 ? "slice" : part.substring(0, sign), sign < 0 ? part : part.substring(sign + 1));
    }
    return settings;
  }

  private static int compareToken(String a, String b) {
    boolean numbers = NUMBER.matcher(a).matches() && NUMBER.matcher(b).matches();
    return numbers ? Double.compare(Double.parseDouble(a), Double.parseDouble(b)) : a.compareTo(b);
  }
}
