package dev.terrain.imports;

import dev.terrain.sweep.InvalidSweepException;
import dev.terrain.sweep.NearestKey;
import dev.terrain.sweep.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;

/** Collects what is wrong with a mapping file, with the places. */
final class MappingProblems {
  private static final int MOST = 100;

  private final String file;
  private final List<Problem> found = new ArrayList<>();

  /**
   * None yet.
   *
   * @param file what messages call the mapping
   */
  MappingProblems(String file) {
    this.file = file;
  }

  /** Adds a problem that has no place. */
  void add(String path, String message) {
    add(new Problem(0, 0, path, message));
  }

  /** Adds a problem at a mark, or without a place if there is none. */
  void add(@Nullable Mark mark, String path, String message) {
    if (mark == null) {
      add(path, message);
    } else {
      add(new Problem(mark.getLine() + 1, mark.getColumn() + 1, path, message));
    }
  }

  /** Adds a problem where a column is named. */
  void add(ColumnName column, String message) {
    add(new Problem(column.line(), column.position(), column.path(), message));
  }

  private void add(Problem problem) {
    if (found.size() < MOST) {
      found.add(problem);
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /**
   * Ends the reading if something is wrong.
   *
   * @throws InvalidSweepException with all problems, in the order of their places
   */
  void throwIfAny() {
    if (!found.isEmpty()) {
      List<Problem> ordered = new ArrayList<>(found);
      ordered.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
      throw new InvalidSweepException(file, ordered);
    }
  }

  /** What a mistyped word most likely means, or else what there is. */
  static String hint(String word, Collection<String> known) {
    return NearestKey.of(word, known)
        .map(nearest -> "did you mean '" + nearest + "'?")
        .orElseGet(() -> "known are " + String.join(", ", known));
  }
}
