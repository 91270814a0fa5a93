package dev.terrain.hessian;

/**
 * One number about the curvature of a loss surface, with its errors and its cost.
 *
 * @param value the estimate, in nats per squared unit of θ
 * @param standardError standard error from the random probes; null if there are none
 * @param dataStandardError standard error from the sample of images, by the delete-one-batch
 *     jackknife; null with fewer than two batches
 * @param residual for an eigenpair (λ, u) the norm ‖Hu - λu‖, measured with a product of its own;
 *     null otherwise
 * @param products Hessian-vector products spent
 * @param converged whether the requested accuracy was reached within the budget
 */
public record CurvatureEstimate(
    double value,
    Double standardError,
    Double dataStandardError,
    Double residual,
    long products,
    boolean converged) {}
