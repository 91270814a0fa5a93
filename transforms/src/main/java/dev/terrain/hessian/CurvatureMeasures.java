package dev.terrain.hessian;

/**
 * The Hessian of one model in numbers.
 *
 * @param topEigenvalue largest algebraic eigenvalue
 * @param trace trace
 * @param lanczos the run that gave the eigenvalue: Ritz values, weights and residuals
 */
public record CurvatureMeasures(
    CurvatureEstimate topEigenvalue, CurvatureEstimate trace, LanczosResult lanczos) {}
