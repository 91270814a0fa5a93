package dev.terrain.taxonomy.ruggedness;

/**
 * A place where the slope of a landscape is 0 and changes its sign.
 *
 * @param x the place
 * @param loss the landscape's value there
 * @param isMinimum whether the slope changes from negative to positive; else it is a maximum
 */
public record StationaryPoint(double x, double loss, boolean isMinimum) {}
