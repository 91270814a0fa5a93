package dev.terrain.taxonomy.boundary;

import dev.terrain.taxonomy.diagram.PhasedDiagram;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All boundaries of one phase diagram.
 *
 * @param diagram the diagram with its phases
 * @param hessian the Hessian transition: converged or not
 * @param connectivity the connectivity transition: poorly connected or not, over all cells
 * @param crossover phases IV-A and IV-B
 * @param hessianBrackets between which temperatures each column converges
 * @param connectivityBrackets between which loads each row becomes connected
 * @param hessianLine the Hessian transition as a straight line; null if it cannot be fitted
 * @param connectivityLine the connectivity transition as a straight line; null if it cannot be
 *     fitted
 * @param triplePoint where the two transitions cross
 */
public record Boundaries(
    PhasedDiagram diagram,
    Boundary hessian,
    Boundary connectivity,
    Boundary crossover,
    List<Bracket> hessianBrackets,
    List<Bracket> connectivityBrackets,
    @Nullable StraightLine hessianLine,
    @Nullable StraightLine connectivityLine,
    TriplePoint triplePoint) {
  private static final int DRAWS = 300;

  /** Copies the brackets. */
  public Boundaries {
    hessianBrackets = List.copyOf(hessianBrackets);
    connectivityBrackets = List.copyOf(connectivityBrackets);
  }

  /**
   * The boundaries of a diagram; each says for itself if there is none.
   *
   * @param id keys the random draws: the same diagram and id give the same numbers
   */
  public static Boundaries of(PhasedDiagram diagram, String id) {
    Boundary hessian = Boundary.of(diagram, BoundaryKind.HESSIAN, id, DRAWS);
    Boundary connectivity = Boundary.of(diagram, BoundaryKind.CONNECTIVITY, id, DRAWS);
    return new Boundaries(
        diagram,
        hessian,
        connectivity,
        Boundary.of(diagram, BoundaryKind.CROSSOVER, id, DRAWS),
        Brackets.of(diagram, BoundaryKind.HESSIAN),
        Brackets.of(diagram, BoundaryKind.CONNECTIVITY),
        StraightLine.of(diagram, BoundaryKind.HESSIAN).orElse(null),
        StraightLine.of(diagram, BoundaryKind.CONNECTIVITY).orElse(null),
        TriplePoint.of(hessian, connectivity));
  }

  /** The boundary of a kind. */
  public Boundary of(BoundaryKind kind) {
    return switch (kind) {
      case HESSIAN -> hessian;
      case CONNECTIVITY -> connectivity;
      case CROSSOVER -> crossover;
    };
  }

  /** Where the two straight lines cross, inside the grid or not; empty if one is missing. */
  public Optional<PlanePoint> lineCrossing() {
    return hessianLine == null || connectivityLine == null
        ? Optional.empty()
        : hessianLine.crossing(connectivityLine);
  }

  /**
   * How far a boundary moves from this diagram to another, see {@link BoundaryShift}.
   *
   * @param other a diagram with the same settings on its axes
   * @param kind which boundary
   */
  public BoundaryShift shift(Boundaries other, BoundaryKind kind) {
    return BoundaryShift.of(of(kind), other.of(kind));
  }
}
