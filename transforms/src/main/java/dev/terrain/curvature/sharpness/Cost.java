package dev.terrain.curvature.sharpness;

/**
 * What a measurement spent, in passes over the whole sample.
 *
 * @param evaluations forward passes, about a third of a gradient each
 * @param gradients gradients
 * @param products products with a curvature matrix, about two gradients each
 */
public record Cost(long evaluations, long gradients, long products) {}
