package dev.terrain.curvature.density;

/**
 * The smallest x with at least a share p of an operator's eigenvalues in (-∞, x].
 *
 * @param value the estimate
 * @param lower lower end of its band; null where the probes bound it by nothing
 * @param upper upper end of its band; null where the probes bound it by nothing
 */
public record SpectralQuantile(double value, Double lower, Double upper) {}
