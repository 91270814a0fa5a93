package dev.terrain.weights;

import java.util.List;
import java.util.Map;

/**
 * The state of a training that has not ended.
 *
 * @param tensors weights and state of the optimiser
 * @param metadata everything else, as texts: exactly what was saved
 */
public record Progress(List<Tensor> tensors, Map<String, String> metadata) {}
