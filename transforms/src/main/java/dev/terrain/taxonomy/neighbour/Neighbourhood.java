package dev.terrain.taxonomy.neighbour;

import dev.terrain.taxonomy.diagnosis.BroadPhase;
import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramAxis;
import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The up to eight cells around one that it can be compared with: those of its own phase, since a
 * boundary explains other departures. A cell alone of its phase among cells of one other phase, but
 * one at most, is compared with these: no boundary runs round a single cell.
 *
 * @param phase the phase of the neighbours
 * @param cells the neighbours
 */
record Neighbourhood(BroadPhase phase, List<DiagramCell> cells) {
  private static final int ENCLOSED_BY = 5;

  /** Empty if the cell's phase is not known. */
  static Optional<Neighbourhood> of(
      PhasedDiagram phased, DiagramCell cell, Set<DiagramCell> excluded) {
    BroadPhase own = BroadPhase.of(phased, cell).orElse(null);
    if (own == null) {
      return Optional.empty();
    }
    Map<BroadPhase, List<DiagramCell>> around = new EnumMap<>(BroadPhase.class);
    int all = 0;
    for (DiagramCell other : around(phased.diagram(), cell)) {
      BroadPhase phase = BroadPhase.of(phased, other).orElse(null);
      if (phase != null && !excluded.contains(other)) {
        around.computeIfAbsent(phase, p -> new ArrayList<>()).add(other);
        all++;
      }
    }
    if (!around.containsKey(own)) {
      for (Map.Entry<BroadPhase, List<DiagramCell>> entry : around.entrySet()) {
        int size = entry.getValue().size();
        if (size >= ENCLOSED_BY && size >= all - 1) {
          return Optional.of(new Neighbourhood(entry.getKey(), entry.getValue()));
        }
      }
    }
    return Optional.of(new Neighbourhood(own, around.getOrDefault(own, List.of())));
  }

  private static List<DiagramCell> around(Diagram diagram, DiagramCell cell) {
    List<DiagramCell> around = new ArrayList<>();
    for (int row = cell.row() - 1; row <= cell.row() + 1; row++) {
      for (int column = cell.column() - 1; column <= cell.column() + 1; column++) {
        if (row != cell.row() || column != cell.column()) {
          diagram.at(column, row).ifPresent(around::add);
        }
      }
    }
    return around;
  }

  /** How far two values of an axis are apart in its mean steps. */
  static double steps(DiagramAxis axis, double from, double to) {
    List<Double> values = axis.values();
    if (values.size() < 2) {
      return 0;
    }
    double whole = axis.coordinate(values.get(values.size() - 1)) - axis.coordinate(values.get(0));
    return (axis.coordinate(to) - axis.coordinate(from)) / whole * (values.size() - 1);
  }
}
