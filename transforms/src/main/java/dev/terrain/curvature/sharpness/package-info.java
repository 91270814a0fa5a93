/**
 * Measures at a point beside the spectrum: sharpness in several senses, scale-invariant measures,
 * and the noise of the gradient.
 */
@NullMarked
package dev.terrain.curvature.sharpness;

import org.jspecify.annotations.NullMarked;
