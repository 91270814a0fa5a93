package dev.terrain.curvature.operator;

/**
 * A Ritz pair (θ, u) of a self-adjoint operator A, an approximation of an eigenpair: at least one
 * eigenvalue lies within the residual norm ‖Au − θu‖ of θ.
 *
 * @param value θ
 * @param vector u, of length d and norm 1
 * @param residual ‖Au − θu‖
 * @param converged whether the residual is within the tolerance that was asked for
 */
@SuppressWarnings("ArrayRecordComponent")
public record Eigenpair(double value, double[] vector, double residual, boolean converged) {}
