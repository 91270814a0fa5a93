package dev.terrain.taxonomy.claim;

import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How far a cell is from the Hessian transition: steps in the grid, along rows and columns, to the
 * nearest cell of which a neighbour is converged and itself not, or the other way; 0 for such a
 * cell.
 */
final class TransitionDistance {
  private final List<DiagramCell> edge;

  TransitionDistance(PhasedDiagram diagram) {
    edge = diagram.cells().stream().filter(cell -> isAtEdge(diagram, cell)).toList();
  }

  private static boolean isAtEdge(PhasedDiagram diagram, DiagramCell cell) {
    Boolean converged = diagram.isConverged(cell);
    Diagram grid = diagram.diagram();
    return converged != null
        && Stream.of(
                grid.at(cell.column() - 1, cell.row()),
                grid.at(cell.column() + 1, cell.row()),
                grid.at(cell.column(), cell.row() - 1),
                grid.at(cell.column(), cell.row() + 1))
            .flatMap(Optional::stream)
            .anyMatch(
                neighbour -> Boolean.valueOf(!converged).equals(diagram.isConverged(neighbour)));
  }

  /** Whether the diagram has a transition. */
  boolean exists() {
    return !edge.isEmpty();
  }

  /** The distance of a cell, where there is a transition. */
  double of(DiagramCell cell) {
    return edge.stream()
        .mapToInt(
            other -> Math.abs(other.column() - cell.column()) + Math.abs(other.row() - cell.row()))
        .min()
        .orElseThrow();
  }
}
