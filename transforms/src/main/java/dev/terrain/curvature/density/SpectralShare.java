package dev.terrain.curvature.density;

/**
 * The share of an operator's eigenvalues in an interval, multiplicities counted.
 *
 * @param value the estimate, from 0 to 1
 * @param lower lower end of its band, at least 0
 * @param upper upper end of its band, at most 1
 */
public record SpectralShare(double value, double lower, double upper) {}
