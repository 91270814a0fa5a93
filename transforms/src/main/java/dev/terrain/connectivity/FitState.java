package dev.terrain.connectivity;

/**
 * Everything that the rest of a fit depends on: from it, the fit goes on to the same bits as if it
 * had never stopped.
 *
 * @param control control point, length d
 * @param velocity momentum buffer, length d
 * @param epochs completed epochs
 * @param gradients gradients of a mini-batch taken so far
 */
@SuppressWarnings("ArrayRecordComponent")
public record FitState(double[] control, double[] velocity, long epochs, long gradients) {}
