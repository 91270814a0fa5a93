package dev.terrain.surface;

/**
 * The product H v of the Hessian H = Σ_b w_b H_b of a sample in batches b with weights w_b = n_b /
 * n, with the quadratic form of each batch, which the same pass gives.
 *
 * @param product H v, length d
 * @param batchForms vᵀ H_b v of each batch, H_b the Hessian of the mean loss of batch b
 * @param batchSizes images n_b of each batch
 */
@SuppressWarnings("ArrayRecordComponent")
public record HessianProduct(double[] product, double[] batchForms, int[] batchSizes) {}
