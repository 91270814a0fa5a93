/**
 * Measures the loss around one model: the spectrum of its curvature matrix, the diagonal and the
 * measures at a point, each in units of its own.
 */
@NullMarked
package dev.terrain.stage.curvature;

import org.jspecify.annotations.NullMarked;
