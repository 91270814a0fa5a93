package dev.terrain.taxonomy.boundary;

/**
 * A stretch of one axis.
 *
 * @param from position of its lower end in grid steps
 * @param to position of its upper end
 * @param fromValue value on the axis there
 * @param toValue value at the upper end
 */
public record AxisRange(double from, double to, double fromValue, double toValue) {}
