package dev.terrain.surface;

/**
 * The state of a network: its trainable parameters as one flat vector, and the running statistics
 * of its batch norm.
 *
 * @param theta the parameters, length d
 * @param statistics running means and variances, layer by layer; empty if the network has no batch
 *     norm
 */
@SuppressWarnings("ArrayRecordComponent")
public record Weights(double[] theta, double[] statistics) {}
