package dev.terrain.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says that a sweep cannot be used, with everything that is wrong with it. */
public final class InvalidSweepException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String source;
  private final ArrayList<Problem> problems;

  /**
   * An exception for a sweep.
   *
   * @param source where the sweep is from, as the user calls it: the name of a file
   * @param problems all problems found, at least one
   */
  public InvalidSweepException(String source, List<Problem> problems) {
    super(message(source, problems));
    this.source = source;
    this.problems = new ArrayList<>(problems);
  }

  /** Where the sweep is from. */
  public String source() {
    return source;
  }

  /** The problems in the order of their places; at most 100. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  private static String message(String source, List<Problem> problems) {
    return problems.stream()
        .map(problem -> source + (problem.line() == 0 ? ": " : ":") + problem)
        .collect(Collectors.joining("\n"));
  }
}
