/** The spectral density from Gauss quadratures of random probes, with bands. */
@NullMarked
package dev.terrain.curvature.density;

import org.jspecify.annotations.NullMarked;
