package dev.terrain.sweep;

import dev.terrain.v1.Axis;

/**
 * An axis and where it is written.
 *
 * @param path dotted path of its values, such as {@code axes.load.width}
 */
record PlacedAxis(String path, Axis axis) {}
