package dev.terrain.taxonomy.boundary;

import dev.terrain.taxonomy.boundary.Bracket.Change;
import dev.terrain.taxonomy.diagram.DiagramAxis;
import dev.terrain.taxonomy.diagram.DiagramCell;
import dev.terrain.taxonomy.diagram.PhasedDiagram;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brackets of a transition, line by line: of the Hessian transition, and of the crossover, the pair
 * of neighbouring temperatures in each column, of the connectivity transition the pair of
 * neighbouring loads in each row.
 */
final class Brackets {
  private final PhasedDiagram diagram;
  private final BoundaryKind kind;
  private final DiagramAxis fixed;
  private final DiagramAxis along;

  private Brackets(PhasedDiagram diagram, BoundaryKind kind) {
    this.diagram = diagram;
    this.kind = kind;
    DiagramAxis load = diagram.diagram().load();
    DiagramAxis temperature = diagram.diagram().temperature();
    this.fixed = kind.isAlongTemperature() ? load : temperature;
    this.along = kind.isAlongTemperature() ? temperature : load;
  }

  /** One bracket for each column or row, in ascending order. */
  static List<Bracket> of(PhasedDiagram diagram, BoundaryKind kind) {
    Brackets brackets = new Brackets(diagram, kind);
    List<Bracket> lines = new ArrayList<>();
    for (int line = 0; line < brackets.fixed.size(); line++) {
      lines.add(brackets.line(line));
    }
    return List.copyOf(lines);
  }

  private Bracket line(int line) {
    List<Change> changes = new ArrayList<>();
    int measured = 0;
    int last = -1;
    boolean lastSide = false;
    for (int place = 0; place < along.size(); place++) {
      Boolean side = side(line, place);
      if (side == null) {
        continue;
      }
      if (measured > 0 && side != lastSide) {
        changes.add(
            new Change(
                along.values().get(last), along.values().get(place), side, place - last - 1));
      }
      last = place;
      lastSide = side;
      measured++;
    }
    double value = fixed.values().get(line);
    int missing = along.size() - measured;
    return new Bracket(
        line, value, changes, measured, missing, sentence(value, changes, lastSide, measured));
  }

  private @Nullable Boolean side(int line, int place) {
    int column = kind.isAlongTemperature() ? line : place;
    int row = kind.isAlongTemperature() ? place : line;
    DiagramCell cell = diagram.diagram().at(column, row).orElse(null);
    return cell == null ? null : kind.side(diagram, cell);
  }

  private String sentence(double value, List<Change> changes, boolean side, int measured) {
    String where = fixed.setting() + " " + Words.axisValue(value) + ": ";
    int missing = along.size() - measured;
    String gaps =
        missing == 0 ? "" : " (" + missing + " of " + along.size() + " cells not measured)";
    if (measured == 0) {
      return where + "no cell measured.";
    }
    if (changes.isEmpty()) {
      String word = side ? kind.positive() : kind.negative();
      return where + "no change, all cells " + word + gaps + ".";
    }
    List<String> places = new ArrayList<>();
    for (Change change : changes) {
      places.add(
          "%s to %s between %s %s and %s"
              .formatted(
                  change.toPositive() ? kind.negative() : kind.positive(),
                  change.toPositive() ? kind.positive() : kind.negative(),
                  along.setting(),
                  Words.axisValue(change.below()),
                  Words.axisValue(change.above())));
    }
    String order = changes.size() == 1 ? "" : "not monotone: ";
    return where + order + String.join(", ", places) + gaps + ".";
  }
}
