/** The spectral density from Gauss quadratures of random probes, with bands. */
package dev.terrain.curvature.density;
