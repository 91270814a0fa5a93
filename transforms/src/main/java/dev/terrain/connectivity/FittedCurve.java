package dev.terrain.connectivity;

/**
 * A curve whose control point was fitted.
 *
 * @param curve the curve
 * @param gradients gradients of a mini-batch spent on it, one a step
 */
public record FittedCurve(BezierCurve curve, long gradients) {}
