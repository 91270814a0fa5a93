package dev.terrain.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The rows of a grid by cell and run, each once; of the epochs of a run the one that is asked for.
 */
final class RowCollection {
  private final String grid;
  private final Mapping mapping;
  private final Map<Key, GridRow> rows = new HashMap<>();

  private record Key(Place place, List<String> run) {}

  RowCollection(String grid, Mapping mapping) {
    this.grid = grid;
    this.mapping = mapping;
  }

  /**
   * Adds a row.
   *
   * @throws InvalidGridException if there is one of the same cell, run and epoch already; the
   *     message has both lines
   */
  void add(GridRow row) {
    GridRow other = rows.putIfAbsent(new Key(row.place(), row.run()), row);
    if (other == null) {
      return;
    }
    if (mapping.row() != RowKind.EPOCH || other.epoch() == row.epoch()) {
      throw InvalidGridException.of(grid, twice(other, row));
    }
    if (isBetter(row, other)) {
      rows.put(new Key(row.place(), row.run()), row);
    }
  }

  /** Of equal ones the earlier epoch stays. */
  private static boolean isBetter(GridRow row, GridRow other) {
    if (Double.isNaN(row.rank()) || Double.isNaN(other.rank())) {
      return Double.isNaN(other.rank())
          && (!Double.isNaN(row.rank()) || row.epoch() > other.epoch());
    }
    return row.rank() > other.rank() || (row.rank() == other.rank() && row.epoch() < other.epoch());
  }

  private String twice(GridRow first, GridRow second) {
    String remedy =
        switch (mapping.row()) {
          case CELL ->
              "; 'row: run' says that rows are runs, an axis under 'other' or a condition under"
                  + " 'where' parts them";
          case RUN -> "; 'run' lists the columns that tell runs apart";
          case EPOCH -> "; 'run' lists the columns that tell runs apart, 'epoch' counts the epochs";
        };
    return "lines %d and %d are both of %s%s"
        .formatted(first.line(), second.line(), describe(second), remedy);
  }

  private String describe(GridRow row) {
    String place =
        "the cell %s %s, %s %s"
            .formatted(
                mapping.load().setting(),
                GridNumber.text(row.place().load()),
                mapping.temperature().setting(),
                GridNumber.text(row.place().temperature()));
    String slice = row.place().slice().isEmpty() ? "" : ", " + row.place().slice();
    String run =
        IntStream.range(0, row.run().size())
            .mapToObj(i -> ", " + mapping.run().get(i).name() + " " + row.run().get(i))
            .collect(Collectors.joining());
    EpochChoice choice = mapping.epoch();
    String epoch =
        choice == null ? "" : ", " + choice.epoch().name() + " " + GridNumber.text(row.epoch());
    return place + slice + run + epoch;
  }

  /** Number of runs, or of cells if rows are cells. */
  int size() {
    return rows.size();
  }

  /** The kept rows of each cell, in the order of the file. */
  Map<Place, List<GridRow>> cells() {
    List<GridRow> ordered = new ArrayList<>(rows.values());
    ordered.sort((a, b) -> Long.compare(a.line(), b.line()));
    Map<Place, List<GridRow>> cells = new LinkedHashMap<>();
    for (GridRow row : ordered) {
      cells.computeIfAbsent(row.place(), place -> new ArrayList<>(1)).add(row);
    }
    return cells;
  }
}
