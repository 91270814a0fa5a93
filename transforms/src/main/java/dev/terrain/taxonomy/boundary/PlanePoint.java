package dev.terrain.taxonomy.boundary;

import dev.terrain.taxonomy.diagram.DiagramAxis;

/**
 * A place in the plane of load and temperature.
 *
 * @param column {@linkplain DiagramAxis#position position} on the load axis, in grid steps
 * @param row position on the temperature axis, in grid steps
 * @param load value on the load axis
 * @param temperature value on the temperature axis
 */
public record PlanePoint(double column, double row, double load, double temperature) {

  /** The place of two positions. */
  static PlanePoint at(DiagramAxis load, DiagramAxis temperature, double column, double row) {
    return new PlanePoint(column, row, value(load, column), value(temperature, row));
  }

  /** The value of a position. */
  static double value(DiagramAxis axis, double position) {
    return axis.value(axis.coordinateAt(position));
  }
}
