/**
 * How test accuracy goes with what is measured of a landscape, over the cells of a phase diagram.
 */
@NullMarked
package dev.terrain.taxonomy.trend;

import org.jspecify.annotations.NullMarked;
