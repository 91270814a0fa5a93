package dev.terrain.taxonomy.diagnosis;

import dev.terrain.taxonomy.diagram.CellValue;
import dev.terrain.taxonomy.diagram.Diagram;
import dev.terrain.taxonomy.diagram.DiagramAxis;
import dev.terrain.taxonomy.diagram.DiagramCell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the test accuracies of a grid say of each of its cells, whatever their phases. */
final class GridEvidence {
  private static final String ACCURACY = "test_accuracy";

  private final Diagram diagram;

  GridEvidence(Diagram diagram) {
    this.diagram = diagram;
  }

  /** The best cell at equal load on one side of a cell in temperature, if it beats the cell. */
  Optional<Alternative> temperature(DiagramCell cell, TemperatureAdvice side) {
    return best(
        diagram.temperature(),
        cell.temperature(),
        cell,
        diagram.cells().stream().filter(other -> isOn(side, other, cell)).toList(),
        false);
  }

  /** Whether the grid has a cell with a test accuracy on one side at equal load. */
  boolean reaches(DiagramCell cell, TemperatureAdvice side) {
    return diagram.cells().stream()
        .anyMatch(other -> isOn(side, other, cell) && other.mean(ACCURACY) != null);
  }

  private boolean isOn(TemperatureAdvice side, DiagramCell other, DiagramCell cell) {
    boolean above = diagram.temperature().rises() == (side == TemperatureAdvice.HOTTER);
    return other.column() == cell.column()
        && (above ? other.row() > cell.row() : other.row() < cell.row());
  }

  /** The best cell at equal temperature, if it beats the cell. */
  Optional<Alternative> load(DiagramCell cell) {
    return best(
        diagram.load(),
        cell.load(),
        cell,
        diagram.cells().stream().filter(other -> other.row() == cell.row()).toList(),
        true);
  }

  private static Optional<Alternative> best(
      DiagramAxis axis, double from, DiagramCell cell, List<DiagramCell> others, boolean isLoad) {
    DiagramCell best = null;
    for (DiagramCell other : others) {
      if (accuracy(other) > (best == null ? accuracy(cell) : accuracy(best))) {
        best = other;
      }
    }
    if (best == null) {
      return Optional.empty();
    }
    double to = isLoad ? best.load() : best.temperature();
    return alternative(axis.setting(), FurtherAxes.text(from), FurtherAxes.text(to), cell, best);
  }

  /** For each further axis the best cell that differs from a cell in it alone, if it beats it. */
  static List<Alternative> further(DiagramCell cell, String name, List<Diagram> diagrams) {
    Map<String, String> own = FurtherAxes.of(name);
    List<Alternative> found = new ArrayList<>();
    for (Map.Entry<String, String> axis : own.entrySet()) {
      Alternative best = null;
      for (Diagram diagram : diagrams) {
        Map<String, String> others = FurtherAxes.of(diagram.name());
        if (!FurtherAxes.onlyDifference(own, others).equals(Optional.of(axis.getKey()))) {
          continue;
        }
        Alternative here =
            diagram
                .at(
                    diagram.load().values().indexOf(cell.load()),
                    diagram.temperature().values().indexOf(cell.temperature()))
                .flatMap(
                    other ->
                        alternative(
                            axis.getKey(),
                            axis.getValue(),
                            others.getOrDefault(axis.getKey(), ""),
                            cell,
                            other))
                .orElse(null);
        if (here != null && (best == null || here.gain() > best.gain())) {
          best = here;
        }
      }
      if (best != null) {
        found.add(best);
      }
    }
    return found;
  }

  /** A cell as an alternative to another; empty if it does not beat it, or one has no accuracy. */
  private static Optional<Alternative> alternative(
      String setting, String from, String to, DiagramCell cell, DiagramCell better) {
    CellValue own = cell.value(ACCURACY).orElse(null);
    CellValue other = better.value(ACCURACY).orElse(null);
    if (own == null || other == null || !(other.mean() > own.mean())) {
      return Optional.empty();
    }
    return Optional.of(
        new Alternative(
            setting,
            FurtherAxes.change(from, to),
            from,
            to,
            better.id(),
            other.mean(),
            other.error(),
            other.mean() - own.mean(),
            combined(own.error(), other.error())));
  }

  private static @Nullable Double combined(@Nullable Double one, @Nullable Double other) {
    return one == null || other == null ? null : Double.valueOf(Math.hypot(one, other));
  }

  /**
   * The direction of the temperature in which the grid has the larger gain at equal load. Undecided
   * where neither direction has one, where both have the same, or without the cell's accuracy.
   */
  TemperatureAdvice direction(DiagramCell cell) {
    double hotter = temperature(cell, TemperatureAdvice.HOTTER).map(Alternative::gain).orElse(0.0);
    double colder = temperature(cell, TemperatureAdvice.COLDER).map(Alternative::gain).orElse(0.0);
    if (hotter == colder) {
      return TemperatureAdvice.NOT_DECIDABLE;
    }
    return hotter > colder ? TemperatureAdvice.HOTTER : TemperatureAdvice.COLDER;
  }

  private static double accuracy(DiagramCell cell) {
    Double mean = cell.mean(ACCURACY);
    return mean == null ? Double.NEGATIVE_INFINITY : mean;
  }
}
