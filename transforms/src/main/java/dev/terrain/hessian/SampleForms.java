package dev.terrain.hessian;

/**
 * What the single batches b of a sample say of a vector x and an operator A = Σ_b (n_b / n) A_b.
 *
 * @param forms x'A_bx of each batch, whose weighted mean is x'Ax; empty if there is no sample
 * @param images (Ax)'A_bx of each batch, whose weighted mean is ‖Ax‖²
 */
@SuppressWarnings("ArrayRecordComponent")
public record SampleForms(double[] forms, double[] images) {}
