package dev.terrain.weights;

import java.util.List;
import java.util.Map;

/**
 * What a safetensors file holds.
 *
 * @param tensors the tensors in the order of the header
 * @param metadata the texts of {@code __metadata__} in their order; empty if there are none
 * @param dataSha256 SHA-256 (hex) of the bytes after the header
 */
public record TensorFile(List<Tensor> tensors, Map<String, String> metadata, String dataSha256) {}
