package dev.terrain.report;

import java.util.Comparator;
import java.util.regex.Pattern;

/** Orders slices by the values of their settings: numbers by size, everything else as text. */
final class SliceOrder implements Comparator<String> {

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

  private static int compareToken(String a, String b) {
    boolean numbers = NUMBER.matcher(a).matches() && NUMBER.matcher(b).matches();
    return numbers ? Double.compare(Double.parseDouble(a), Double.parseDouble(b)) : a.compareTo(b);
  }
}
