package dev.terrain.sweep;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known key that a mistyped one most likely means. */
public final class NearestKey {
  private static final int LONGEST = 64;

  private NearestKey() {}

  /**
   * The known key with the least edit distance to {@code key}; empty if more than half of the key,
   * and more than two characters, would have to change.
   */
  public static Optional<String> of(String key, Collection<String> known) {
    if (key.length() > LONGEST) {
      return Optional.empty();
    }
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance(key, candidate)))
        .filter(candidate -> distance(key, candidate) <= Math.max(2, key.length() / 2));
  }

  /**
   * The least number of insertions, deletions, substitutions and swaps of neighbours that turn one
   * text into the other, no part edited twice (optimal string alignment, Damerau 1964).
   */
  static int distance(String a, String b) {
    int[][] distances = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          distances[i][j] = i + j;
          continue;
        }
        int substitution = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = distances[i - 1][j - 1] + substitution;
        least = Math.min(least, Math.min(distances[i - 1][j], distances[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          least = Math.min(least, distances[i - 2][j - 2] + 1);
        }
        distances[i][j] = least;
      }
    }
    return distances[a.length()][b.length()];
  }
}
