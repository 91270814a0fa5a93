package dev.terrain.imports;

/**
 * Where a cell is.
 *
 * @param load its value on the load axis
 * @param temperature its value on the temperature axis
 * @param slice values of the further axes, {@code name=value} joined by {@code ", "}; empty if
 *     there are none
 */
record Place(double load, double temperature, String slice) {}
