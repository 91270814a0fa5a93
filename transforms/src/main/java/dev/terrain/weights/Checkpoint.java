package dev.terrain.weights;

import dev.terrain.v1.ModelSpec;
import java.util.List;

/**
 * The stored weights of one trained model.
 *
 * @param modelId fingerprint of the spec
 * @param spec what was trained
 * @param tensors the weights in the order in which they were saved
 * @param dataSha256 SHA-256 (hex) of the tensors' bytes, verified
 */
public record Checkpoint(String modelId, ModelSpec spec, List<Tensor> tensors, String dataSha256) {}
