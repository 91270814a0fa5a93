package dev.terrain.taxonomy.boundary;

import java.util.List;

/**
 * The parts of one column or row that lie in the band of a boundary.
 *
 * @param line index of the column or row
 * @param value its value on the axis that is fixed in it
 * @param ranges the stretches of the other axis in the band, ascending; empty if the boundary does
 *     not come near; one that begins or ends at the rim of the grid may go on beyond
 */
public record LineBand(int line, double value, List<AxisRange> ranges) {

  /** Copies the ranges. */
  public LineBand {
    ranges = List.copyOf(ranges);
  }
}
