package dev.terrain.taxonomy.diagram;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one combination of the further axes over load (columns) and temperature (rows). Not
 * every place need have a cell.
 */
public final class Diagram {
  private final String name;
  private final DiagramAxis load;
  private final DiagramAxis temperature;
  private final List<DiagramCell> cells;
  private final @Nullable DiagramCell[][] places;

  /** A cell before its place in a grid is known. */
  public record Entry(String id, double load, double temperature, Map<String, CellValue> values) {}

  private Diagram(String name, DiagramAxis load, DiagramAxis temperature, List<DiagramCell> cells) {
    this.name = name;
    this.load = load;
    this.temperature = temperature;
    this.cells = List.copyOf(cells);
    this.places = new DiagramCell[temperature.size()][load.size()];
    for (DiagramCell cell : cells) {
      places[cell.row()][cell.column()] = cell;
    }
  }

  /**
   * A diagram of cells.
   *
   * @param name values of the further axes, {@code name=value} joined by {@code ", "}; empty if
   *     there are none
   * @param load the load axis; every cell has one of its values
   * @param temperature the temperature axis; every cell has one of its values
   * @throws IllegalArgumentException if a cell has another value, or two have one place
   */
  public static Diagram of(
      String name, DiagramAxis load, DiagramAxis temperature, Collection<Entry> entries) {
    List<DiagramCell> cells = new ArrayList<>();
    TreeSet<Long> taken = new TreeSet<>();
    for (Entry entry : entries) {
      int column = load.values().indexOf(entry.load());
      int row = temperature.values().indexOf(entry.temperature());
      if (column < 0 || row < 0) {
        throw new IllegalArgumentException(
            "cell %s (%s %s, %s %s) is not in the grid"
                .formatted(
                    entry.id(),
                    load.setting(),
                    entry.load(),
                    temperature.setting(),
                    entry.temperature()));
      }
      if (!taken.add((long) row * load.size() + column)) {
        throw new IllegalArgumentException(
            "two cells have %s %s and %s %s"
                .formatted(
                    load.setting(), entry.load(), temperature.setting(), entry.temperature()));
      }
      cells.add(
          new DiagramCell(
              entry.id(), column, row, entry.load(), entry.temperature(), entry.values()));
    }
    cells.sort(Comparator.comparing(DiagramCell::row).thenComparing(DiagramCell::column));
    return new Diagram(name, load, temperature, cells);
  }

  /** Values of the further axes; empty if there are none. */
  public String name() {
    return name;
  }

  /** The load axis: columns. */
  public DiagramAxis load() {
    return load;
  }

  /** The temperature axis: rows. */
  public DiagramAxis temperature() {
    return temperature;
  }

  /** The measured cells by row, then column. */
  public List<DiagramCell> cells() {
    return cells;
  }

  /** The cell of a place; empty if it was not measured or the place is outside. */
  public Optional<DiagramCell> at(int column, int row) {
    return row < 0 || row >= temperature.size() || column < 0 || column >= load.size()
        ? Optional.empty()
        : Optional.ofNullable(places[row][column]);
  }
}
