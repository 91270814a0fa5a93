package dev.terrain.taxonomy.boundary;

/**
 * How a cell lies to a boundary.
 *
 * @param distance mean distance to the boundary over the draws of its posterior, in grid steps;
 *     positive on the positive side
 * @param deviation standard deviation of it over the draws
 * @param probability posterior probability that the cell's place is on the positive side, in [0, 1]
 * @param inBand whether it is in the band
 */
public record CellDistance(double distance, double deviation, double probability, boolean inBand) {}
