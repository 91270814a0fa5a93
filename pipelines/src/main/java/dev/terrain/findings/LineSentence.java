package dev.terrain.findings;

import dev.terrain.taxonomy.boundary.Boundaries;
import dev.terrain.taxonomy.boundary.BoundaryKind;
import dev.terrain.taxonomy.boundary.StraightLine;
import dev.terrain.taxonomy.diagram.DiagramAxis;
import java.util.Locale;
import java.util.Optional;

/**
 * A boundary as a straight line in words, such as {@code log2 batch_size = 10.91 - 0.53 log2
 * width}.
 */
final class LineSentence {
  private LineSentence() {}

  /** The sentence; empty for the crossover, and where there is no boundary or no line. */
  static Optional<String> of(Boundaries boundaries, BoundaryKind kind) {
    if (kind == BoundaryKind.CROSSOVER || boundaries.of(kind).curve().isEmpty()) {
      return Optional.empty();
    }
    StraightLine line =
        kind == BoundaryKind.HESSIAN ? boundaries.hessianLine() : boundaries.connectivityLine();
    if (line == null) {
      return Optional.empty();
    }
    return kind.isAlongTemperature()
        ? line.temperatureByLoad()
            .map(relation -> text(line.temperature(), relation, line.load(), line))
        : line.loadByTemperature()
            .map(relation -> text(line.load(), relation, line.temperature(), line));
  }

  private static String text(
      DiagramAxis of, StraightLine.Relation relation, DiagramAxis by, StraightLine line) {
    return String.format(
        Locale.ROOT,
        "As a straight line: %s = %.2f %s %.2f %s (%.1f %% of %d cells on their own side).",
        coordinate(of),
        relation.intercept(),
        relation.slope() < 0 ? "-" : "+",
        Math.abs(relation.slope()),
        coordinate(by),
        100 * line.rightSide(),
        line.cells());
  }

  private static String coordinate(DiagramAxis axis) {
    return (axis.isLogarithmic() ? "log2 " : "") + axis.setting();
  }
}
