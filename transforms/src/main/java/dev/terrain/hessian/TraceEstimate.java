package dev.terrain.hessian;

/**
 * An estimate of a trace.
 *
 * @param value mean of the probes' quadratic forms
 * @param standardError standard error of that mean over the probes
 * @param probes probes spent, one product each
 * @param converged whether the standard error is within the requested share of the value
 */
public record TraceEstimate(double value, double standardError, int probes, boolean converged) {}
