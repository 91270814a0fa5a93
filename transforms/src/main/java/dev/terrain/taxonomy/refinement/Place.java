package dev.terrain.taxonomy.refinement;

/**
 * A place in the plane of load and temperature, by its values and in steps of the grid.
 *
 * @param load value on the load axis
 * @param column the same in steps of the grid, from 0
 * @param temperature value on the temperature axis
 * @param row the same in steps of the grid, from 0
 */
record Place(double load, double column, double temperature, double row) {
  /** Squared distance in steps of the grid. */
  double squaredDistance(Place other) {
    double across = other.column - column;
    double along = other.row - row;
    return across * across + along * along;
  }
}
