package dev.terrain.taxonomy.boundary;

import dev.terrain.random.CounterRandom;
import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A boundary as a curve, or why there is none.
 *
 * <p>A curve is claimed only if each side has at least three cells, the cells lie in more than one
 * row and one column, and neighbouring cells are on one side more often than when the sides are
 * dealt to the same cells at random (join counts, 999 permutations, p &lt; .01, so that of a
 * hundred diagrams of pure noise one at most gets a curve).
 *
 * @param kind what it parts
 * @param positiveCells how many cells are on the positive side
 * @param negativeCells how many are on the other
 * @param probabilityByChance p of the permutation test; null if there were too few cells to make it
 * @param shape the curve; null if there is no boundary here
 * @param sentence the finding in words, with the reason if there is none
 */
public record Boundary(
    BoundaryKind kind,
    int positiveCells,
    int negativeCells,
    @Nullable Double probabilityByChance,
    @Nullable BoundaryCurve shape,
    String sentence) {
  private static final int LEAST_CELLS = 3;
  private static final double LEVEL = 0.01;

  /** The curve; empty if there is no boundary here. */
  public Optional<BoundaryCurve> curve() {
    return Optional.ofNullable(shape);
  }

  /**
   * The boundary of a diagram.
   *
   * @param id keys the random draws together with the kind
   * @param draws from the posterior, at least 100
   */
  static Boundary of(PhasedDiagram phased, BoundaryKind kind, String id, int draws) {
    List<DiagramCell> cells = new ArrayList<>();
    List<Boolean> sides = new ArrayList<>();
    for (DiagramCell cell : phased.cells()) {
      Boolean side = kind.side(phased, cell);
      if (side != null) {
        cells.add(cell);
        sides.add(side);
      }
    }
    int[][] places = new int[cells.size()][];
    boolean[] positive = new boolean[cells.size()];
    int positives = 0;
    for (int i = 0; i < places.length; i++) {
      places[i] = new int[] {cells.get(i).column(), cells.get(i).row()};
      positive[i] = sides.get(i);
      positives += positive[i] ? 1 : 0;
    }
    int negatives = places.length - positives;
    String tooFew = tooFew(kind, cells, positives, negatives);
    if (tooFew != null) {
      return none(kind, positives, negatives, null, tooFew);
    }
    Diagram diagram = phased.diagram();
    int columns = diagram.load().size();
    int rows = diagram.temperature().size();
    CounterRandom random = CounterRandom.of(id, "boundary " + kind, 0);
    JoinCounts joins = JoinCounts.of(columns, rows, places, positive, random);
    if (joins.p() >= LEVEL) {
      String reason =
          "%s and %s cells lie as if by chance (%d of %d neighbouring pairs alike, p = %s)"
              .formatted(
                  kind.positive(),
                  kind.negative(),
                  joins.alike(),
                  joins.pairs(),
                  Words.number(joins.p()));
      return none(kind, positives, negatives, joins.p(), reason);
    }
    SmoothPosterior posterior = SmoothPosterior.of(columns, rows, places, positive, draws, random);
    Lattice lattice = Lattice.of(columns, rows, places, kind != BoundaryKind.CROSSOVER);
    BandFit band = BandFit.of(posterior.on(lattice.columns(), lattice.rows()), lattice);
    Map<String, CellDistance> distances = new HashMap<>();
    for (DiagramCell cell : cells) {
      int r = cell.row() * lattice.perStep();
      int c = cell.column() * lattice.perStep();
      distances.put(
          cell.id(),
          new CellDistance(
              band.mean()[r][c],
              band.deviation()[r][c],
              band.probability()[r][c],
              band.score(r, c) <= 1));
    }
    BoundaryCurve curve =
        new BoundaryCurve(
            diagram.load(), diagram.temperature(), lattice, band, posterior, distances);
    if (curve.pieces().isEmpty()) {
      String reason = "too few of either side hold together for a curve between them";
      return none(kind, positives, negatives, joins.p(), reason);
    }
    String sentence =
        ("The %s parts %d %s from %d %s cells (p = %s by chance); "
                + "its band is %s grid steps wide on average.")
            .formatted(
                kind.title(),
                positives,
                kind.positive(),
                negatives,
                kind.negative(),
                Words.number(joins.p()),
                Words.number(curve.meanBandWidth()));
    return new Boundary(kind, positives, negatives, joins.p(), curve, sentence);
  }

  private static Boundary none(
      BoundaryKind kind, int positives, int negatives, @Nullable Double p, String reason) {
    return new Boundary(
        kind, positives, negatives, p, null, "No %s here: %s.".formatted(kind.title(), reason));
  }

  private static @Nullable String tooFew(
      BoundaryKind kind, List<DiagramCell> cells, int positives, int negatives) {
    String among = kind == BoundaryKind.CROSSOVER ? "phase-IV cell" : "measured cell";
    if (cells.isEmpty()) {
      return "no " + among;
    }
    if (positives == 0 || negatives == 0) {
      return (cells.size() == 1 ? "the only " : "all " + cells.size() + " ")
          + Words.noun(cells.size(), among)
          + (cells.size() == 1 ? " is " : " are ")
          + (positives == 0 ? kind.negative() : kind.positive());
    }
    if (cells.stream().mapToInt(DiagramCell::row).distinct().count() < 2) {
      return "all " + among + "s are in one row, see the brackets";
    }
    if (cells.stream().mapToInt(DiagramCell::column).distinct().count() < 2) {
      return "all " + among + "s are in one column, see the brackets";
    }
    if (Math.min(positives, negatives) < LEAST_CELLS) {
      return "only "
          + Words.count(Math.min(positives, negatives), among)
          + (Math.min(positives, negatives) == 1 ? " is " : " are ")
          + (positives < negatives ? kind.positive() : kind.negative());
    }
    return null;
  }
}
