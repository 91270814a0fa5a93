package dev.terrain.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A side between two neighbouring cells of different phases.
 *
 * @param column of the left or upper cell
 * @param row of the left or upper cell
 * @param upright whether the side is the cell's right one rather than its lower one
 * @param crossover whether the border is the smooth crossover between IV-A and IV-B
 */
record Border(int column, int row, boolean upright, boolean crossover) {

  /** All borders of a grid; there is none beside a cell without a phase. */
  static List<Border> of(Grid grid) {
    List<Border> borders = new ArrayList<>();
    for (int row = 0; row < grid.rows(); row++) {
      for (int column = 0; column < grid.columns(); column++) {
        add(borders, grid, column, row, true);
        add(borders, grid, column, row, false);
      }
    }
    return borders;
  }

  private static void add(List<Border> borders, Grid grid, int column, int row, boolean upright) {
    Optional<Phase> here = grid.phase(column, row);
    Optional<Phase> next = grid.phase(column + (upright ? 1 : 0), row + (upright ? 0 : 1));
    if (here.isPresent() && next.isPresent() && !here.equals(next)) {
      borders.add(new Border(column, row, upright, here.get().crossesOverTo(next.get())));
    }
  }
}
