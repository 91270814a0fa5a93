package dev.terrain.report;

import dev.terrain.v1.Cell;
import dev.terrain.v1.Sweep;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cells of one slice placed on the axes of a sweep.
 *
 * @param load columns
 * @param temperature rows
 * @param cells by column and row; absent where nothing was measured
 */
record Grid(GridAxis load, GridAxis temperature, Map<Place, Cell> cells) {

  /** A column and a row, counted from 0 at the top left. */
  record Place(int column, int row) {}

  /** Places cells on the planned axes, with further values where a cell has one. */
  static Grid of(Sweep plan, List<Cell> slice, Directions directions) {
    GridAxis load =
        GridAxis.load(
            plan.getLoad(), slice.stream().map(Cell::getLoadValue), directions.loadRises());
    GridAxis temperature =
        GridAxis.temperature(
            plan.getTemperature(),
            slice.stream().map(Cell::getTemperatureValue),
            directions.temperatureRises());
    Map<Place, Cell> cells = new HashMap<>();
    for (Cell cell : slice) {
      Place place =
          new Place(
              load.values().indexOf(cell.getLoadValue()),
              temperature.values().indexOf(cell.getTemperatureValue()));
      cells.merge(place, cell, (a, b) -> a.getRevision() > b.getRevision() ? a : b);
    }
    return new Grid(load, temperature, cells);
  }

  int columns() {
    return load.values().size();
  }

  int rows() {
    return temperature.values().size();
  }

  Optional<Cell> cell(int column, int row) {
    return Optional.ofNullable(cells.get(new Place(column, row)));
  }

  Optional<Phase> phase(int column, int row) {
    return cell(column, row).flatMap(cell -> Phase.of(cell.getPhase()));
  }

  /** A place in words: {@code width 16, batch size 128}. */
  String where(int column, int row) {
    return load.name()
        + " "
        + Decimal.plain(load.values().get(column))
        + ", "
        + temperature.name()
        + " "
        + Decimal.plain(temperature.values().get(row));
  }

  /** The measured cells. */
  Collection<Cell> measured() {
    return cells.values();
  }

  /** Whether every model of a cell diverged. */
  static boolean diverged(Cell cell) {
    return cell.getNDiverged() > 0 && Metric.finite(cell.getTrainLossMean()).isEmpty();
  }
}
