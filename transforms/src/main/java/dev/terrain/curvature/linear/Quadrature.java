package dev.terrain.curvature.linear;

/**
 * The Gauss quadrature that a Krylov process of m steps from the vector v gives of the spectral
 * measure of v: Σ_i w_i f(θ_i) ≈ v'f(A)v / v'v, exact for polynomials of degree up to 2m − 1.
 *
 * @param nodes Ritz values θ_i, ascending
 * @param weights w_i ≥ 0, which sum to 1
 */
@SuppressWarnings("ArrayRecordComponent")
public record Quadrature(double[] nodes, double[] weights) {}
