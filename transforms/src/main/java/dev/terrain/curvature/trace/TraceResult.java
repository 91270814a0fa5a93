package dev.terrain.curvature.trace;

import dev.terrain.curvature.forms.ProbePlan;
import org.jspecify.annotations.Nullable;

/**
 * A randomised estimate of a trace, with its error and its cost.
 *
 * @param value the estimate, in the unit of the operator's eigenvalues
 * @param standardError standard error over the probes, 0 for an exact value; null with fewer than
 *     three probes, whose spread says too little
 * @param probes independent random vectors behind the value
 * @param products products A v spent here; those that were paid for before are not counted
 * @param stop why it stopped
 */
public record TraceResult(
    double value, @Nullable Double standardError, int probes, int products, ProbePlan.Stop stop) {}
