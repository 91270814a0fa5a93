package dev.terrain.surface;

/**
 * A mean loss and its gradient at one θ.
 *
 * @param loss mean loss in nats
 * @param gradient ∇L(θ), length d
 */
@SuppressWarnings("ArrayRecordComponent")
public record LossGradient(double loss, double[] gradient) {}
