package dev.terrain.findings;

import dev.terrain.report.Findings;
import dev.terrain.taxonomy.boundary.Boundaries;
import dev.terrain.taxonomy.boundary.Boundary;
import dev.terrain.taxonomy.boundary.BoundaryCurve;
import dev.terrain.taxonomy.boundary.BoundaryKind;
import dev.terrain.taxonomy.boundary.PlanePoint;
import dev.terrain.taxonomy.boundary.TriplePoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The boundaries of a diagram as a page draws them. */
final class BoundaryFigure {
  private BoundaryFigure() {}

  static List<Findings.Boundary> of(Boundaries boundaries) {
    return Arrays.stream(BoundaryKind.values()).map(kind -> of(boundaries, kind)).toList();
  }

  private static Findings.Boundary of(Boundaries boundaries, BoundaryKind kind) {
    Boundary boundary = boundaries.of(kind);
    Optional<BoundaryCurve> curve = boundary.curve();
    return new Findings.Boundary(
        boundary.kind().title(),
        boundary.kind() == BoundaryKind.CROSSOVER,
        curve.map(BoundaryFigure::lines).orElse(List.of()),
        curve.map(BoundaryFigure::band).orElse(List.of()),
        curve.isPresent() ? null : boundary.sentence(),
        sentence(boundaries, kind));
  }

  /** What is known of a boundary, with its straight line. */
  static String sentence(Boundaries boundaries, BoundaryKind kind) {
    return boundaries.of(kind).sentence()
        + LineSentence.of(boundaries, kind).map(line -> " " + line).orElse("");
  }

  static Findings.TriplePoint triplePoint(TriplePoint triple) {
    PlanePoint point = triple.crossing();
    PlanePoint low = triple.low();
    PlanePoint high = triple.high();
    return point == null || low == null || high == null
        ? null
        : new Findings.TriplePoint(
            point.column(),
            point.row(),
            low.column(),
            high.column(),
            low.row(),
            high.row(),
            triple.sentence());
  }

  private static List<List<Findings.Point>> lines(BoundaryCurve curve) {
    return curve.pieces().stream()
        .map(
            piece ->
                piece.stream()
                    .map(point -> new Findings.Point(point.column(), point.row()))
                    .toList())
        .toList();
  }

  /** Rectangles around the runs of lattice nodes of each row that lie in the band. */
  private static List<List<Findings.Point>> band(BoundaryCurve curve) {
    double[] columns = curve.latticeColumns();
    double[] rows = curve.latticeRows();
    List<List<Findings.Point>> rectangles = new ArrayList<>();
    for (int row = 0; row < rows.length; row++) {
      int first = -1;
      for (int column = 0; column <= columns.length; column++) {
        boolean inside = column < columns.length && curve.isInBand(column, row);
        if (inside && first < 0) {
          first = column;
        } else if (!inside && first >= 0) {
          rectangles.add(
              rectangle(
                  edge(columns, first, -1),
                  edge(columns, column - 1, 1),
                  edge(rows, row, -1),
                  edge(rows, row, 1)));
          first = -1;
        }
      }
    }
    return rectangles;
  }

  /** Half-way to the next node; the node itself at the rim. */
  private static double edge(double[] nodes, int node, int side) {
    int next = Math.min(Math.max(node + side, 0), nodes.length - 1);
    return (nodes[node] + nodes[next]) / 2;
  }

  private static List<Findings.Point> rectangle(
      double left, double right, double low, double high) {
    return List.of(
        new Findings.Point(left, low),
        new Findings.Point(right, low),
        new Findings.Point(right, high),
        new Findings.Point(left, high));
  }
}
