package dev.terrain.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Collects what is wrong with one document, and knows where in it each path is. Where the document
 * may be another's, messages give places and what is allowed, and repeat nothing of it.
 */
final class Problems {
  private static final int MOST = 100;

  private final String source;
  private final boolean quoting;
  private final Map<String, Mark> places = new HashMap<>();
  private final List<Problem> found = new ArrayList<>();

  Problems(String source) {
    this(source, true);
  }

  /**
   * No problems yet.
   *
   * @param quoting whether they may repeat what the document says
   */
  Problems(String source, boolean quoting) {
    this.source = source;
    this.quoting = quoting;
  }

  /** A part of a message that repeats what the document says; else what stands in its place. */
  String quote(String part, String otherwise) {
    return quoting ? part : otherwise;
  }

  /** What a node holds, in a few words. */
  String describe(Node node) {
    return quoting ? ValueReader.describe(node) : ValueReader.kind(node);
  }

  /** None yet, of a part of the document. */
  Problems of(String part) {
    return new Problems(part, quoting);
  }

  /** Remembers where the value at a path is written. */
  void place(String path, Node node) {
    places.put(path, node.getStartMark());
  }

  /** Adds a problem at a node. */
  void add(Node node, String path, String message) {
    add(node.getStartMark(), path, message);
  }

  /** Adds a problem at the place of a path or, if that is not written, of what encloses it. */
  void add(String path, String message) {
    String known = path;
    while (!known.isEmpty() && !places.containsKey(known)) {
      known =
          known.substring(0, Math.max(0, Math.max(known.lastIndexOf('.'), known.lastIndexOf('['))));
    }
    add(places.get(known), path, message);
  }

  /** Adds a problem at a mark, or without a place if there is none. */
  void add(@Nullable Mark mark, String path, String message) {
    if (found.size() < MOST) {
      int line = mark == null ? 0 : mark.getLine() + 1;
      int column = mark == null ? 0 : mark.getColumn() + 1;
      found.add(new Problem(line, column, path, message));
    }
  }

  /** Whether something is wrong at a path or below it. */
  boolean under(String path) {
    return found.stream()
        .map(Problem::path)
        .anyMatch(
            other ->
                other.equals(path) || other.startsWith(path + ".") || other.startsWith(path + "["));
  }

  /** Whether the value at a path is written in the document. */
  boolean isPlaced(String path) {
    return places.containsKey(path);
  }

  /** The problems as they were found. */
  List<Problem> found() {
    return List.copyOf(found);
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
      throw new InvalidSweepException(source, inOrder());
    }
  }

  /** What is wrong, in the order of the places. */
  List<Problem> inOrder() {
    List<Problem> ordered = new ArrayList<>(found);
    ordered.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
    return ordered;
  }
}
